import { lstatSync, renameSync } from 'node:fs';

/**
 * Moves a ledger that cannot be used out of the way, with the files that SQLite keeps beside it, as `ledger.broken-<time>.sqlite`.
 * Returns the new path; throws the file system's error.
 */
export function setAside(path: string, at: number): string {
  const time = new Date(at).toISOString().replace(/[:.]/g, '-');
  const aside = path.replace(/(\.sqlite)?$/, `.broken-${time}$1`);
  for (const ending of ['-wal', '-shm', '']) {
    if (lstatSync(path + ending, { throwIfNoEntry: false })) renameSync(path + ending, aside + ending);
  }
  return aside;
}
