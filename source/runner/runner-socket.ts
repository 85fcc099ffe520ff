import type { Socket } from 'node:net';
import { readRunnerPointer, removeRunnerPointer, writeRunnerPointer } from '../connection/runner-pointer.ts';
import { codeOf } from './error-code.ts';
import { type ListeningSocket, listenAt } from './listen.ts';
import { prepareSocketPlace } from './socket-place.ts';
import { removeStaleSockets } from './stale-sockets.ts';

/** How often the runner looks whether its socket is still there, ms. */
const defaultCheckEveryMs = 10_000;

export type RunnerSocketOptions = {
  /** Where the socket may be, the best first; absolute. */
  readonly directories: readonly string[];
  readonly profile: string;
  /** Where the pointer is written; it exists. */
  readonly stateDirectory: string;
  /** Of this program. */
  readonly version: string;
  /** Of this process, ms since epoch. */
  readonly startedAt: number;
  readonly accept: (socket: Socket) => void;
  /** A sentence for the log. */
  readonly tell: (words: string) => void;
  /** 10 s when not given. */
  readonly checkEveryMs?: number;
};

/** Where clients find the runner, now and later. */
export type RunnerSocket = {
  /** Null while there is no place to listen at. */
  path(): string | null;
  /** Takes no more connections, and removes socket and pointer. */
  close(): void;
};

/**
 * Listens at the first directory that works and writes the pointer to it; only the lock's holder may call this, since a socket that
 * nobody listens at is replaced. A socket that goes away is made anew, wherever it can be then; clients that are joined stay so.
 */
export async function openRunnerSocket(
  options: RunnerSocketOptions,
): Promise<
  { readonly ok: true; readonly socket: RunnerSocket } | { readonly ok: false; readonly reason: string }
> {
  const first = await listenSomewhere(options);
  if (!first.ok) return first;
  const trouble = point(first.socket, options);
  if (trouble !== null) {
    first.socket.close();
    return { ok: false, reason: trouble };
  }
  for (const directory of options.directories) {
    // Nobody waits for it.
    removeStaleSockets(directory, options.profile).catch(() => undefined);
  }
  let listening: ListeningSocket | null = first.socket;
  let isClosed = false;
  let told: string | null = null;
  let timer = checkLater();
  return { ok: true, socket: { path: () => listening?.path ?? null, close } };

  function checkLater(): NodeJS.Timeout {
    return setTimeout(async () => {
      await check();
      if (!isClosed) timer = checkLater();
    }, options.checkEveryMs ?? defaultCheckEveryMs).unref();
  }

  async function check(): Promise<void> {
    if (listening?.isInPlace() !== true) await listenAnew();
    if (listening !== null && !isPointedTo(listening, options)) tellOnce(point(listening, options));
  }

  async function listenAnew(): Promise<void> {
    listening?.close();
    listening = null;
    const next = await listenSomewhere(options);
    if (isClosed) return next.ok ? next.socket.close() : undefined;
    if (!next.ok) return tellOnce(next.reason);
    listening = next.socket;
    tellOnce(`The runner's socket was gone; it listens at ${listening.path} now.`);
  }

  function tellOnce(words: string | null): void {
    if (words !== null && words !== told) options.tell(words);
    told = words;
  }

  function close(): void {
    isClosed = true;
    clearTimeout(timer);
    listening?.close();
    removeRunnerPointer(options.stateDirectory);
  }
}

async function listenSomewhere({
  directories,
  profile,
  accept,
}: RunnerSocketOptions): Promise<
  { readonly ok: true; readonly socket: ListeningSocket } | { readonly ok: false; readonly reason: string }
> {
  const reasons: string[] = [];
  for (const directory of directories) {
    try {
      const place = await prepareSocketPlace(directory, profile);
      if (place.ok) return { ok: true, socket: await listenAt(place.path, accept) };
      reasons.push(place.reason);
    } catch (error) {
      reasons.push(`The runner cannot listen in ${directory} (${codeOf(error)}).`);
    }
  }
  const advice = 'Set XDG_RUNTIME_DIR to a directory of your own with a short path.';
  return { ok: false, reason: ["There is no place for the runner's socket.", ...reasons, advice].join(' ') };
}

function isPointedTo({ path }: ListeningSocket, { stateDirectory }: RunnerSocketOptions): boolean {
  const pointer = readRunnerPointer(stateDirectory);
  return pointer?.socketPath === path && pointer.pid === process.pid;
}

/** Null when it is written, else a sentence. */
function point(
  { path }: ListeningSocket,
  { version, startedAt, stateDirectory }: RunnerSocketOptions,
): string | null {
  try {
    writeRunnerPointer(stateDirectory, { pid: process.pid, socketPath: path, version, startedAt });
    return null;
  } catch (error) {
    return `Where the runner listens cannot be written into ${stateDirectory} (${codeOf(error)}): make room or rights there.`;
  }
}
