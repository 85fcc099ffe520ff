import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';

/** A socket that is listened at. */
export type ListeningSocket = {
  readonly path: string;
  /** Whether the file at the path is still this one. */
  isInPlace(): boolean;
  /** Takes no more connections and removes the file if it is this one; connections that are open go on. */
  close(): void;
};

/**
 * Listens at a path, whatever is there, for this user only; throws the system's error. The socket is made under another name and
 * renamed: a stale one is replaced in one step, and Node removes only the other name when it closes, so that it can never take away a
 * socket that has come in this one's place.
 */
export async function listenAt(path: string, accept: (socket: Socket) => void): Promise<ListeningSocket> {
  // No longer than any `NAME.sock`, which has been found short enough.
  const aside = join(dirname(path), `.${randomBytes(2).toString('hex')}`);
  const server = createServer(accept);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(aside, resolve);
  });
  server.on('error', () => {});
  const { dev, ino } = lstatSync(aside);
  try {
    chmodSync(aside, 0o600);
    renameSync(aside, path);
  } catch (error) {
    server.close();
    throw error;
  }
  const isInPlace = () => {
    try {
      const stat = lstatSync(path);
      return stat.ino === ino && stat.dev === dev;
    } catch {
      return false;
    }
  };
  return {
    path,
    isInPlace,
    close() {
      if (isInPlace()) rmSync(path, { force: true });
      server.close();
    },
  };
}
