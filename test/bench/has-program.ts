import { spawnSync } from 'node:child_process';

/** Whether a program can be run here; benches leave out what is not installed, and say so. */
export function hasProgram(command: string, args: readonly string[] = ['--version']): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
