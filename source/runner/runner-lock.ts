import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readRunnerPointer } from '../connection/runner-pointer.ts';
import { codeOf } from './error-code.ts';

/** SQLITE_BUSY: another process has the lock (sqlite.org/rescode.html). */
const busy = 5;

export type RunnerLock = {
  /** Lets the next runner in. The end of the process does so too, however it comes: the kernel holds the lock. */
  release(): void;
};

export type LockOutcome =
  | { readonly ok: true; readonly lock: RunnerLock }
  /** A runner of this profile lives; its process's id where it has told it. */
  | { readonly ok: false; readonly kind: 'held'; readonly pid: number | null; readonly reason: string }
  | { readonly ok: false; readonly kind: 'cannot-lock'; readonly reason: string };

/**
 * Takes the lock that only one runner of a user and profile can hold, and holds it until it is released. It is SQLite's lock on an empty
 * database in the state directory, which exists: Node itself locks no files.
 */
export function takeRunnerLock(stateDirectory: string): LockOutcome {
  const path = join(stateDirectory, 'runner.lock');
  let database: DatabaseSync | null = null;
  try {
    makePrivateFile(path);
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const held = database;
    return { ok: true, lock: { release: () => void (held.isOpen && held.close()) } };
  } catch (error) {
    database?.close();
    return isBusy(error) ? heldBy(stateDirectory) : cannotLock(path, error);
  }
}

/**
 * Only where it is missing: closing a file lets go of every lock that this process has on it (fcntl(2)), and one that is held would be
 * lost. SQLite would make it readable to others, who could then hold its shared lock for ever.
 */
function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function isBusy(error: unknown): boolean {
  // The low byte is the kind; the others tell more of it.
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === busy;
}

function heldBy(stateDirectory: string): LockOutcome {
  const pid = readRunnerPointer(stateDirectory)?.pid ?? null;
  const who =
    pid === null ? 'A runner of this profile lives already' : `Process ${pid} runs the loop already`;
  return {
    ok: false,
    kind: 'held',
    pid,
    reason: `${who}: \`sdloop\` joins it, \`sdloop stop\` ends it, --profile NAME runs another.`,
  };
}

function cannotLock(path: string, error: unknown): LockOutcome {
  const words = error instanceof Error ? error.message : String(error);
  return {
    ok: false,
    kind: 'cannot-lock',
    reason: `The lock ${path} cannot be taken (${words}): set XDG_STATE_HOME to a directory on a local disk that you may write to.`,
  };
}
