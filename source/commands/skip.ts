import type { Snapshot } from '../presentation/snapshot.ts';
import { commandRunner } from './command-runner.ts';
import type { Invocation } from './invocation.ts';

/** `sdloop skip`: gives up the running batch. */
export async function perform(invocation: Invocation): Promise<number> {
  return await commandRunner(invocation, { command: { type: 'skip' }, refusal: whyNot, outcome });
}

function whyNot({ running, webUi }: Snapshot): string | null {
  if (running === null) return 'Nothing runs now that could be skipped.';
  return webUi?.hasSkip === false ? 'This WebUI cannot skip: it knows no such request.' : null;
}

function outcome({ running }: Snapshot) {
  const words = `Skipping a batch of generation #${running?.generation.id}.`;
  return { state: 'generating', words } as const;
}
