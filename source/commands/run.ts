import type { RunnerStart } from '../connection/runner-start.ts';
import { callsOf } from './calls-of.ts';
import { exitCode } from './exit-code.ts';
import { hostLoop } from './host-loop.ts';
import type { Invocation } from './invocation.ts';
import { openAllSettings } from './open-settings.ts';
import { readPlan } from './plan-of-flags.ts';
import { createPaint } from './print/paint.ts';
import { createRunPrinter } from './print/run-printer.ts';
import { runDetached } from './run-detached.ts';
import { type LoopEar, runLoop } from './run-loop.ts';
import { runnerPlace } from './runner-place.ts';
import { runnerStart } from './runner-start.ts';

/** `sdloop run`: a loop without the screen, in this process or, detached, in a runner of its own. */
export async function perform(invocation: Invocation): Promise<number> {
  const { flags, environment, output } = invocation;
  const opened = openAllSettings(invocation, { followsLastUsed: false });
  if (!opened.ok) return opened.code;
  const { settings } = opened;
  const reading = readPlan(settings, flags.count);
  if (!reading.ok) {
    output.fail('usage', reading.message);
    return exitCode.wrongUsage;
  }
  const start = runnerStart(invocation, settings, reading.plan);
  if (start === null) return exitCode.wrongUsage;
  if (flags.isDetached) return await runDetached(invocation, start);
  const call = callsOf(invocation);
  const paint = createPaint(environment, settings.color);
  return await runLoop({
    isWaiting: flags.isWaiting,
    output,
    printer: createRunPrinter(output, { startedAt: Date.now(), paint, call }),
    call,
    startRunner: (told) => startHere(invocation, start, told),
  });
}

async function startHere(invocation: Invocation, start: RunnerStart, told: LoopEar) {
  const { environment, output } = invocation;
  const hosting = await hostLoop({
    isFollowed: output.isJson,
    place: runnerPlace(invocation),
    environment,
    start,
    ...told,
    tell: output.say,
  });
  if (!hosting.ok) {
    output.fail(hosting.kind, hosting.reason);
    return null;
  }
  const { host } = hosting;
  return {
    send: host.connection.send,
    close: () => host.close('`sdloop run` has ended, and the loop with it.'),
  };
}
