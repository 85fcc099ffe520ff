import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { ownDirectoryTrouble } from '../connection/own-directory.ts';
import { codeOf } from './error-code.ts';

/** `sun_path` without its closing zero, bytes (unix(7) on Linux; 104 in all in macOS's sys/un.h). */
const maxPathByteCount = process.platform === 'linux' ? 107 : 103;

/** The path of a profile's socket, or a sentence that says why it cannot be in the directory. */
export type SocketPlace =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly reason: string };

/**
 * Makes the directory where it is missing, for this user alone, and finds a path in it for the profile's socket. It is another one where
 * a runner that keeps its state elsewhere listens: clients go by the pointer, not by the name.
 */
export async function prepareSocketPlace(directory: string, profile: string): Promise<SocketPlace> {
  const usual = join(directory, `${profile}.sock`);
  const trouble = lengthTrouble(usual) ?? makeOwnDirectory(directory);
  if (trouble !== null) return refuse(`${directory} ${trouble}.`);
  const there = await lookAt(usual);
  if (there === 'nothing' || there === 'stale-socket') return { ok: true, path: usual };
  if (there === 'other-file') return refuse(`${usual} is there and is no socket: remove it.`);
  const own = join(directory, `${profile}-${process.pid}.sock`);
  const ownTrouble = lengthTrouble(own);
  return ownTrouble === null ? { ok: true, path: own } : refuse(`${directory} ${ownTrouble}.`);
}

/** What is at a socket's path. */
export async function lookAt(path: string): Promise<'nothing' | 'listening' | 'stale-socket' | 'other-file'> {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return 'nothing';
  if (!stat.isSocket()) return 'other-file';
  return (await isListening(path)) ? 'listening' : 'stale-socket';
}

function lengthTrouble(path: string): string | null {
  const byteCount = Buffer.byteLength(path);
  if (byteCount <= maxPathByteCount) return null;
  return `is too long a path: a socket in it takes ${byteCount} bytes, and the system allows ${maxPathByteCount}`;
}

/** What is wrong with the directory, to go on from its path; null when it is ours alone. */
function makeOwnDirectory(directory: string): string | null {
  const failure = tryMake(directory);
  // An XDG_RUNTIME_DIR that nobody made yet, as in a container; not deeper, where a mistake is likelier.
  const isMissing = failure === 'ENOENT' && tryMake(dirname(directory)) === null;
  const last = isMissing ? tryMake(directory) : failure;
  if (last !== null && last !== 'EEXIST') return `cannot be made (${last})`;
  const trouble = ownDirectoryTrouble(directory);
  if (trouble !== 'is open to other users') return trouble;
  // It is ours, only too open: a umask or an older program made it so.
  chmodSync(directory, 0o700);
  return ownDirectoryTrouble(directory);
}

/** The system's short name for what went wrong; null when it was made. */
function tryMake(directory: string): string | null {
  try {
    mkdirSync(directory, { mode: 0o700 });
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

/** A socket whose process is gone refuses at once; one whose queue is full (EAGAIN) has a process. */
function isListening(path: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(path);
  socket.once('connect', () => resolve(true));
  socket.once('error', (error) => resolve(codeOf(error) !== 'ECONNREFUSED'));
  return promise.finally(() => socket.destroy());
}

function refuse(reason: string): SocketPlace {
  return { ok: false, reason };
}
