import { terminalAbilities } from '../settings/terminal-abilities.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { openAllSettings } from './open-settings.ts';
import { openTarget } from './open-target.ts';
import { compileSparingly } from './spare-memory.ts';

/** Plain `sdloop`: the screen, with the loop in this process. */
export async function perform(invocation: Invocation): Promise<number> {
  const { environment, output } = invocation;
  const opened = openAllSettings(invocation, { followsLastUsed: true });
  if (!opened.ok) return opened.code;
  const abilities = terminalAbilities(environment, process.stdout, opened.settings.color);
  if (!abilities.isInteractive || !process.stdin.isTTY) {
    output.fail('usage', 'The screen needs a terminal; `sdloop run` works without one.');
    return exitCode.wrongUsage;
  }
  compileSparingly();
  // Ink takes as long to load as the built-in WebUI to start.
  const [target, { screenLoop }] = await Promise.all([
    openTarget(invocation, opened.settings),
    import('./screen-loop.ts'),
  ]);
  if (!target.ok) return target.code;
  try {
    return await screenLoop({ invocation, opened, target, abilities });
  } finally {
    await target.close();
  }
}
