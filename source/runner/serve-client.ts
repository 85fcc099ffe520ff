import type { Socket } from 'node:net';
import { readClientMessage } from '../connection/client-message.ts';
import { isLastingCommand } from '../connection/lasting-command.ts';
import { createLineReader } from '../connection/line-reader.ts';
import { otherVersionReason } from '../connection/other-version.ts';
import {
  type ClientMessage,
  clientLineLimit,
  protocolVersion,
  type ServerMessage,
} from '../connection/protocol.ts';
import { toLine } from '../connection/read-line.ts';
import type { RunnerConnection } from '../connection/runner-connection.ts';
import type { Command } from '../engine/command.ts';
import { createDeadline } from './deadline.ts';
import { createSnapshotSender, type SnapshotSender } from './snapshot-sender.ts';

/** How long a client may take to read why it is sent away, ms. */
const farewellMs = 500;

/** What the server needs of a runner: a connection of its own for each client. */
export type RunnerDoor = {
  open(role: 'screen' | 'command'): RunnerConnection;
  /** Why the loop would not take the command, as a sentence; null where it does. */
  refusalOf(command: Command): string | null;
};

export type ClientOptions = {
  readonly runner: RunnerDoor;
  /** Of this program. */
  readonly version: string;
  /** Of this process, ms since epoch. */
  readonly startedAt: number;
  /** How long a greeting, and any line that has begun, may take to come, ms. */
  readonly patienceMs: number;
};

/** One client of the runner, from its coming to its leaving. */
export type ServedClient = {
  /** Tells it why the connection ends, behind the newest snapshot, and resolves once it has gone; within half a second. */
  end(kind: Extract<ServerMessage, { type: 'end' }>['kind'], reason: string): Promise<void>;
};

type Hello = Extract<ClientMessage, { type: 'hello' }>;

/** Serves a client; whatever is wrong with it ends this connection only. */
export function serveClient(socket: Socket, options: ClientOptions): ServedClient {
  const reader = createLineReader(clientLineLimit);
  const deadline = createDeadline(options.patienceMs, () => {
    void end('bad-message', 'No complete message came in time.');
  });
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  let hello: Hello | null = null;
  let connection: RunnerConnection | null = null;
  let sender: SnapshotSender | null = null;
  let isEnding = false;
  let stopListening: () => void = () => {};

  function say(message: ServerMessage): void {
    if (!socket.writable || socket.write(toLine(message))) return;
    // A client that reads no answers gets to ask no more until it does, else they would pile up here.
    if (!socket.isPaused()) socket.once('drain', () => !isEnding && socket.resume());
    socket.pause();
  }

  function take(message: ClientMessage): void {
    if (hello === null) {
      if (message.type === 'hello') return welcome(message);
      return void end('bad-message', 'The first message must be a greeting.');
    }
    switch (message.type) {
      case 'hello':
        return void end('bad-message', 'The greeting came twice.');
      case 'view':
        return connection?.view(message.request);
      case 'want-preview':
        // A command is told once what there is, and nothing that comes later.
        return hello.role === 'screen' ? connection?.setPreviewWanted(message.isWanted) : undefined;
      case 'connect':
        if (connection && isSameVersion(hello)) connection.connect({ url: message.url, auth: message.auth });
        else return void refuseVersion(hello);
        return say({ type: 'done', id: message.id });
      case 'command':
        if (!isSameVersion(hello) && !isLastingCommand(message.command)) return void refuseVersion(hello);
        return obey(message.id, message.command);
    }
  }

  function obey(id: number, command: Command): void {
    const refusal = options.runner.refusalOf(command);
    if (refusal !== null) return say({ type: 'done', id, refusal });
    connection?.send(command);
    say({ type: 'done', id });
  }

  function welcome(greeting: Hello): void {
    hello = greeting;
    const { version, startedAt, runner } = options;
    say({ type: 'hello', protocol: protocolVersion, version, pid: process.pid, startedAt });
    if (greeting.role === 'screen' && !isSameVersion(greeting)) return void refuseVersion(greeting);
    const opened = runner.open(greeting.role);
    connection = opened;
    if (!isSameVersion(greeting)) return;
    const sending = createSnapshotSender(socket, opened);
    sender = sending;
    // What came together with the greeting, a window on the files above all, belongs into the first snapshot.
    setImmediate(() => !isEnding && sending.touch());
    if (greeting.role === 'screen') stopListening = opened.subscribe(() => sending.touch());
  }

  function isSameVersion(greeting: Hello): boolean {
    return greeting.version === options.version && greeting.protocol === protocolVersion;
  }

  function refuseVersion(greeting: Hello): Promise<void> {
    return end('other-version', otherVersionReason({ runner: options.version, screen: greeting.version }));
  }

  function leave(): void {
    stopListening();
    connection?.close();
    connection = null;
  }

  async function end(kind: Extract<ServerMessage, { type: 'end' }>['kind'], reason: string): Promise<void> {
    if (isEnding) return gone;
    isEnding = true;
    deadline.clear();
    // What else such a client sends is not even read; from others nothing but their leaving is awaited.
    if (kind === 'bad-message') socket.pause();
    else socket.resume();
    sender?.finish();
    leave();
    if (socket.writable) socket.end(toLine({ type: 'end', kind, reason }));
    const timer = setTimeout(() => socket.destroy(), farewellMs);
    await gone;
    clearTimeout(timer);
  }

  socket.on('data', (bytes: Buffer) => {
    if (isEnding) return;
    const { lines, isTooLong } = reader.push(bytes);
    for (const line of lines) {
      const message = readClientMessage(line);
      if (message === null) return void end('bad-message', 'A line came that is no message of sdloop.');
      take(message);
      if (isEnding) return;
    }
    if (isTooLong) {
      return void end('bad-message', `A line came that is longer than ${clientLineLimit} bytes.`);
    }
    if (lines.length > 0) deadline.clear();
    if (reader.hasHalfLine()) deadline.set();
  });
  // How a client left does not matter; `close` follows.
  socket.on('error', () => {});
  socket.on('close', () => {
    isEnding = true;
    deadline.clear();
    leave();
  });
  deadline.set();
  return { end };
}
