import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRunnerPointer } from '../../source/connection/runner-pointer.ts';

/** Where a runner whose environment is `cleanEnvironment(home)` keeps its state. */
export function runnerStateDirectory(home: string, profile = 'default'): string {
  return join(home, '.local/state/sdloop', profile);
}

/**
 * Kills the runners of all profiles of a home, and the built-in WebUIs that they have started: they lead sessions of their own, which the
 * end of the program that started them does not reach.
 */
export function endRunnersOf(home: string): void {
  for (const profile of profilesOf(home)) {
    const pid = readRunnerPointer(runnerStateDirectory(home, profile))?.pid;
    // A pointer outlives its runner, and the number may be another process's by now.
    if (pid === undefined || !isOf(pid, home)) continue;
    for (const each of [...childrenOf(pid), pid]) kill(each);
  }
}

function profilesOf(home: string): string[] {
  try {
    return readdirSync(join(home, '.local/state/sdloop'));
  } catch {
    return [];
  }
}

function isOf(pid: number, home: string): boolean {
  return read(`/proc/${pid}/environ`).split('\0').includes(`HOME=${home}`);
}

function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

/** Empty where the process is no more. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
