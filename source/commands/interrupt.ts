import type { Snapshot } from '../presentation/snapshot.ts';
import { commandRunner } from './command-runner.ts';
import type { Invocation } from './invocation.ts';

/** `sdloop interrupt`: ends the running generation; the loop goes on with the next. */
export async function perform(invocation: Invocation): Promise<number> {
  return await commandRunner(invocation, { command: { type: 'interrupt' }, refusal: whyNot, outcome });
}

function whyNot({ running, webUi }: Snapshot): string | null {
  if (running === null) return 'Nothing runs now that could be interrupted.';
  return webUi?.hasInterrupt === false ? 'This WebUI cannot be interrupted: it knows no such request.' : null;
}

function outcome({ running }: Snapshot) {
  const words = `Interrupting generation #${running?.generation.id}; the loop goes on.`;
  return { state: 'generating', words } as const;
}
