import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';

const lookEveryMs = 10;

/** Whoever holds it needs some milliseconds: one that is held for so long was left behind by a process that died, ms. */
const leftBehindAfterMs = 2000;

/** Does the work, which must be done at once, while no other sdloop does such work on the file; a `.lock` beside it says so. */
export async function holdFile(path: string, work: () => void): Promise<void> {
  const lockPath = `${path}.lock`;
  while (!take(lockPath)) await after(lookEveryMs);
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
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (ageOf(lockPath) > leftBehindAfterMs) rmSync(lockPath, { force: true });
    return false;
  }
}

function ageOf(lockPath: string): number {
  const entry = statSync(lockPath, { throwIfNoEntry: false });
  return entry === undefined ? 0 : Date.now() - entry.mtimeMs;
}
