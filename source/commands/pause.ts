import type { Snapshot } from '../presentation/snapshot.ts';
import { commandRunner } from './command-runner.ts';
import type { Invocation } from './invocation.ts';

/** `sdloop pause`: what runs finishes, then nothing is sent until `sdloop resume`. */
export async function perform(invocation: Invocation): Promise<number> {
  return await commandRunner(invocation, { command: { type: 'pause' }, refusal: whyNot, outcome });
}

function whyNot({ plan, status }: Snapshot): string | null {
  if (plan === null) return 'Nothing is planned yet, so there is nothing to pause: `sdloop` sets a loop up.';
  return status.kind === 'stopping' ? 'The loop is ending already: `sdloop resume` takes that back.' : null;
}

function outcome({ running, status }: Snapshot, call: (command: string) => string) {
  if (status.kind === 'paused') return { state: 'paused', words: 'The loop is paused already.' } as const;
  if (running === null) return { state: 'paused', words: `Paused. \`${call('resume')}\` goes on.` } as const;
  const words = `Pausing after generation #${running.generation.id}. \`${call('resume')}\` goes on.`;
  return { state: 'pausing', words } as const;
}
