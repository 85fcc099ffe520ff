import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';

const lookEveryMs = 10;

/**
 * Whoever holds it needs some milliseconds: one that stands for so long was left behind by a process that died. By how long we have seen it, ms,
 * since the clock of a file server may be another.
 */
const leftBehindAfterMs = 2000;

/** Does the work, which must be done at once, while no other sdloop does such work on the file; a `.lock` beside it says so. */
export async function holdFile(path: string, work: () => void): Promise<void> {
  const lockPath = `${path}.lock`;
  let seen = { identity: '', at: performance.now() };
  while (!take(lockPath)) {
    const identity = identityOf(lockPath);
    if (identity !== seen.identity) seen = { identity, at: performance.now() };
    if (performance.now() - seen.at > leftBehindAfterMs) rmSync(lockPath, { force: true });
    await after(lookEveryMs);
  }
  try {
    work();
  } finally {
    rmSync(lockPath, { force: true });
  }
}

function take(lockPath: string): boolean {
  try {
    closeSync(openSync(lockPath, 'wx', 0o600));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function identityOf(path: string): string {
  const entry = statSync(path, { throwIfNoEntry: false });
  return entry === undefined ? '' : `${entry.ino} ${entry.mtimeMs}`;
}
