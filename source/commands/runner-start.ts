import { resolve } from 'node:path';
import type { RunnerStart } from '../connection/runner-start.ts';
import type { Plan } from '../plan/plan.ts';
import { parseByteCount } from '../settings/byte-count.ts';
import { parseWireLimit } from '../settings/parse-wire-limit.ts';
import { parsePercent } from '../settings/read-percent.ts';
import { parseSpan } from '../settings/read-span.ts';
import type { ResolvedSettings } from '../settings/resolve.ts';
import { readTarget } from './connect.ts';
import type { Invocation } from './invocation.ts';

/** What a runner is started with, from the settings of this start; null where they contradict each other, which has been said. */
export function runnerStart(
  { flags, output }: Invocation,
  settings: ResolvedSettings,
  plan: Plan | null,
): RunnerStart | null {
  if (flags.isDemo && flags.settings.url !== undefined) {
    output.fail('usage', '--demo brings its own WebUI: leave --url out.');
    return null;
  }
  if (flags.family !== null && !flags.isDemo) {
    output.fail('usage', '--family is for the built-in WebUI: add --demo.');
    return null;
  }
  if (flags.isDemo && flags.settings.restartCommand !== undefined) {
    output.fail('usage', '--demo brings its own WebUI: leave --restart-command out.');
    return null;
  }
  const address = readTarget(settings, output);
  if (address === null) return null;
  return {
    address,
    saving: {
      choice: settings.save,
      outputDirectory: settings.outputDir === undefined ? null : resolve(settings.outputDir),
    },
    workingDirectory: process.cwd(),
    isDemo: flags.isDemo,
    demoFamily: flags.family,
    plan,
    // A setting that was checked when it was read.
    minFreeBytes: parseByteCount(settings.minFree) ?? 0,
    policy: {
      mayShrinkSize: settings.allowSmaller,
      wireLimitMs: settings.wireLimit === undefined ? null : parseWireLimit(settings.wireLimit),
    },
    resumesAfterCrash: settings.resumeAfterCrash,
    restart: {
      // The built-in WebUI is not the one that the command starts.
      command: flags.isDemo ? null : (settings.restartCommand ?? null),
      patienceMs: parseSpan(settings.restartPatience) ?? 0,
      whenRamShare: parsePercent(settings.restartWhenRam ?? ''),
    },
  };
}
