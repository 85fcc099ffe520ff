import type { Snapshot } from '../presentation/snapshot.ts';
import { commandRunner } from './command-runner.ts';
import type { Invocation } from './invocation.ts';

/** `sdloop resume`: goes on after a pause, takes a stop back that has not ended the loop yet, and tries again what waited for a person. */
export async function perform(invocation: Invocation): Promise<number> {
  return await commandRunner(invocation, { command: { type: 'resume' }, refusal: whyNot, outcome });
}

function whyNot({ plan, status }: Snapshot): string | null {
  if (plan === null)
    return 'Nothing is planned yet, so there is nothing to go on with: `sdloop` sets a loop up.';
  return status.kind === 'stopped' ? 'The loop has reached its end: `sdloop` starts another.' : null;
}

function outcome({ status }: Snapshot) {
  const { kind } = status;
  const isRunning = kind === 'generating' || kind === 'retrying' || kind === 'restarting';
  const words = isRunning ? 'The loop is running already.' : 'The loop goes on.';
  return { state: isRunning ? kind : 'generating', words } as const;
}
