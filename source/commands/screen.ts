import { joinRunner } from '../connection/join-runner.ts';
import { createLateConnection } from '../connection/late-connection.ts';
import type { RunnerConnection } from '../connection/runner-connection.ts';
import { terminalAbilities } from '../settings/terminal-abilities.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { openAllSettings } from './open-settings.ts';
import { refuseJoining, runnerPlace } from './runner-place.ts';
import { runnerStart } from './runner-start.ts';
import { screenLoop } from './screen-loop.ts';
import { compileSparingly } from './spare-memory.ts';

/** Plain `sdloop`: the screen, on the loop that runs already or on one that it has a runner started for. */
export async function perform(invocation: Invocation): Promise<number> {
  const { environment, output } = invocation;
  const opened = openAllSettings(invocation, { followsLastUsed: true });
  if (!opened.ok) return opened.code;
  const { settings } = opened;
  const abilities = terminalAbilities(environment, process.stdout, settings.color);
  if (!abilities.isInteractive || !process.stdin.isTTY) {
    output.fail('usage', 'The screen needs a terminal; `sdloop run` works without one.');
    return exitCode.wrongUsage;
  }
  const start = runnerStart(invocation, settings, null);
  if (start === null) return exitCode.wrongUsage;
  compileSparingly();
  const place = runnerPlace(invocation);
  // Loaded only where it is needed: most screens join a runner that is there.
  const spawn = async () => (await import('./spawn-runner.ts')).spawnRunner(invocation, place, start);
  const join = () =>
    joinRunner({
      role: 'screen',
      version: place.version,
      find: place.find,
      // So that the first frame has its files.
      view: { firstIndex: 0, count: process.stdout.rows, filter: '' },
      start: spawn,
    });
  const joined = await join();
  let connection: RunnerConnection;
  if (joined.ok) connection = joined.connection;
  else if (joined.kind !== 'no-runner') return refuseJoining(invocation, place, joined);
  else {
    const { emptySnapshot } = await import('../runner/empty-snapshot.ts');
    connection = createLateConnection({
      snapshot: emptySnapshot({
        at: Date.now(),
        url: start.isDemo ? '' : start.address.url,
        isDemo: start.isDemo,
      }),
      async open() {
        const started = await spawn();
        // Somebody else may have started one at the same moment.
        return started.ok || started.kind === 'held' ? await join() : started;
      },
    });
  }
  try {
    return await screenLoop({ invocation, opened, address: start.address, connection, abilities });
  } finally {
    connection.close();
  }
}
