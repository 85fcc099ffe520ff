import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import * as v from 'valibot';

/**
 * Where a runner listens. It stands in the state directory, since the runtime directory may be another one for each way of logging in,
 * or none (cron), and is removed at the last logout while the runner lives on (systemd's logind).
 */
export type RunnerPointer = {
  readonly pid: number;
  /** Absolute. */
  readonly socketPath: string;
  /** Of the program. */
  readonly version: string;
  /** Of the runner's process, ms since epoch. */
  readonly startedAt: number;
};

const pointerSchema: v.GenericSchema<unknown, RunnerPointer> = v.object({
  // A signal to 0 or -1 would go to many processes.
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  socketPath: v.pipe(v.string(), v.maxLength(200), v.check(isAbsolute)),
  version: v.pipe(v.string(), v.maxLength(100)),
  startedAt: v.number(),
});

/** The last runner's words about itself, which say nothing of whether it still lives; null when there are none. */
export function readRunnerPointer(stateDirectory: string): RunnerPointer | null {
  try {
    const parsed = v.safeParse(pointerSchema, JSON.parse(readFileSync(pointerPath(stateDirectory), 'utf8')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Replaces the pointer in one step, readable by this user only; throws the file system's error. */
export function writeRunnerPointer(stateDirectory: string, pointer: RunnerPointer): void {
  const path = pointerPath(stateDirectory);
  const aside = `${path}.new`;
  rmSync(aside, { force: true });
  writeFileSync(aside, `${JSON.stringify(pointer)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(aside, path);
}

/** Where it cannot be removed it leads to a socket that nobody listens at, which is found out in time. */
export function removeRunnerPointer(stateDirectory: string): void {
  try {
    rmSync(pointerPath(stateDirectory), { force: true });
  } catch {
    // A file system that was made read-only; the runner ends all the same.
  }
}

function pointerPath(stateDirectory: string): string {
  return join(stateDirectory, 'runner.json');
}
