import { readRunnerStart } from '../connection/runner-start.ts';
import { ignoreHangUp, tellFailed, tellReady } from '../runner/report-start.ts';
import { createRunnerLog, runnerLogPath } from '../runner/runner-log.ts';
import type { Unneeded } from '../runner/still-needed.ts';
import { endOnSignals } from './end-on-signals.ts';
import { exitCode } from './exit-code.ts';
import { hostLoop } from './host-loop.ts';
import type { Invocation } from './invocation.ts';
import { createLogPrinter } from './print/log-printer.ts';
import { runnerPlace } from './runner-place.ts';
import { compileSparingly, growNoMore } from './spare-memory.ts';

/** A runner on which nobody ever calls, and that has nothing to generate, ends after this, ms. */
const strandedAfterMs = 60_000;

/** `sdloop runner`, which only sdloop itself starts: performs the loop of a profile in the background until nobody needs it. */
export async function perform(invocation: Invocation): Promise<number> {
  ignoreHangUp();
  const { environment, output } = invocation;
  const start = process.stdin.isTTY ? null : await readRunnerStart(process.stdin);
  if (start === null) {
    output.fail('usage', '`sdloop runner` is started by sdloop itself; `sdloop run --detach` is for people.');
    return exitCode.wrongUsage;
  }
  compileSparingly();
  const place = runnerPlace(invocation);
  const log = createRunnerLog(runnerLogPath(place.stateDirectory));
  const printer = createLogPrinter(log);
  const hosting = await hostLoop({
    isFollowed: false,
    place,
    environment,
    start,
    onNotice: printer.take,
    tell: log.write,
  });
  if (!hosting.ok) {
    tellFailed(hosting.reason, hosting.kind);
    return exitCode.error;
  }
  const { host } = hosting;
  log.write(`The runner of sdloop ${place.version} (process ${process.pid}) has started.`);
  tellReady();
  growNoMore();
  const stranded = setTimeout(host.judge, strandedAfterMs).unref();
  const signalled = endOnSignals(host.connection, { tell: log.write, onFirst: host.leaveToNext });
  const why = await Promise.race([host.unneeded, signalled]);
  clearTimeout(stranded);
  await host.close(words[why]);
  printer.finish(Date.now());
  log.write('The runner has ended.');
  log.close();
  return exitCode.done;
}

const words: Readonly<Record<Unneeded | 'signal', string>> = {
  asked: 'The loop was stopped.',
  'goal-reached': 'The loop has reached its goal.',
  'nothing-planned': 'Nothing was planned.',
  signal: 'The runner was ended by a signal.',
};
