import { connect, type Socket } from 'node:net';
import { createLineReader } from './line-reader.ts';
import { type ClientMessage, type ServerMessage, serverLineLimit } from './protocol.ts';
import { toLine } from './read-line.ts';
import { readServerMessage } from './server-message.ts';

/** A runner that has left this much unread has been hanging for long, and is given up, bytes. */
const maxUnreadByteCount = 1_048_576;

export type RunnerLineListener = {
  onMessage(message: ServerMessage): void;
  /** Once, with the error that ended it if there was one; not after `close`. */
  onEnd(error: Error | null): void;
};

/** A socket to a runner, as messages. */
export type RunnerLine = {
  send(message: ClientMessage): void;
  /** Passes on what was sent, and hears nothing more. */
  close(): void;
};

/** Connects to a runner's socket; a line that is no message of a runner's ends the connection. */
export function openRunnerLine(socketPath: string, listener: RunnerLineListener): RunnerLine {
  const socket: Socket = connect(socketPath);
  const reader = createLineReader(serverLineLimit);
  let failure: Error | null = null;
  let isClosed = false;

  socket.on('data', (bytes: Buffer) => {
    const { lines, isTooLong } = reader.push(bytes);
    for (const line of lines) {
      if (isClosed) return;
      const message = readServerMessage(line);
      if (message === null) return void socket.destroy();
      listener.onMessage(message);
    }
    if (isTooLong) socket.destroy();
  });
  socket.on('error', (error) => {
    failure = error;
  });
  socket.on('close', () => {
    if (!isClosed) listener.onEnd(failure);
    isClosed = true;
  });

  return {
    send(message) {
      if (!socket.writable) return;
      socket.write(toLine(message));
      if (socket.writableLength > maxUnreadByteCount) socket.destroy();
    },
    close() {
      isClosed = true;
      socket.destroySoon();
      // A runner that reads nothing must not keep the program that leaves it.
      socket.unref();
    },
  };
}
