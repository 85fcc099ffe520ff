import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cleanEnvironment } from '../helpers/clean-environment.ts';

/** How long `work` takes, ms. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** How long a program takes from its start to its end, ms; throws when it fails. */
export function timeOfProgram(command: string, args: readonly string[], home: string): Promise<number> {
  return timeOf(async () => {
    const child = spawn(command, args, { stdio: 'ignore', env: cleanEnvironment(home) });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}.`);
  });
}
