import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readRunnerPointer } from '../connection/runner-pointer.ts';
import { isAlive } from './is-alive.ts';

/** The profiles that have a runner now, in alphabetical order, as far as their pointers tell. */
export function liveProfiles(stateDirectory: string): string[] {
  const all = dirname(stateDirectory);
  return namesIn(all)
    .filter((profile) => {
      const runner = readRunnerPointer(join(all, profile));
      return runner !== null && isAlive(runner.pid);
    })
    .sort();
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
