import { startRunner } from '../runner/runner.ts';
import { createWebUiClient } from '../webui/create-webui-client.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { keepImageDirectory } from './keep-image-directory.ts';
import { openAllSettings } from './open-settings.ts';
import { openTarget } from './open-target.ts';
import { readPlan } from './plan-of-flags.ts';
import { createPaint } from './print/paint.ts';
import { createRunPrinter } from './print/run-printer.ts';
import { runLoop } from './run-loop.ts';

/** `sdloop run`: a loop without the screen, in this process. */
export async function perform(invocation: Invocation): Promise<number> {
  const { flags, environment, output } = invocation;
  const opened = openAllSettings(invocation, { followsLastUsed: false });
  if (!opened.ok) return opened.code;
  const { settings, store } = opened;
  const reading = readPlan(settings, flags.count);
  if (!reading.ok) {
    output.fail('usage', reading.message);
    return exitCode.wrongUsage;
  }
  const target = await openTarget(invocation, settings);
  if (!target.ok) return target.code;
  const { address, isDemo } = target;
  const paint = createPaint(environment, settings.color);
  try {
    return await runLoop({
      plan: reading.plan,
      url: address.url,
      isWaiting: flags.isWaiting,
      output,
      printer: createRunPrinter(output, { url: address.url, startedAt: Date.now(), paint }),
      startRunner(onNotice) {
        const saving = { choice: settings.save, outputDirectory: settings.outputDir ?? null };
        const runner = startRunner({
          address,
          createClient: createWebUiClient,
          saving,
          isDemo,
          ledger: null,
          resumesAfterCrash: true,
          onNotice,
        });
        const kept = keepImageDirectory(runner, store);
        return { ...kept, send: runner.open('command').send };
      },
    });
  } finally {
    await target.close();
  }
}
