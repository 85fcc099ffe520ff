import { startRunner } from '../runner/runner.ts';
import { rememberAddress, rememberPlan } from '../settings/last-used.ts';
import { terminalAbilities } from '../settings/terminal-abilities.ts';
import { showScreen } from '../ui/show-screen.tsx';
import { createWebUiClient } from '../webui/create-webui-client.ts';
import type { Target } from './connect.ts';
import { endLoop } from './end-loop.ts';
import { exitCode, signalExitCode } from './exit-code.ts';
import { initialScreen } from './initial-screen.ts';
import type { Invocation } from './invocation.ts';
import { keepImageDirectory } from './keep-image-directory.ts';
import { openAllSettings } from './open-settings.ts';
import { openTarget } from './open-target.ts';
import { countNotice, emptySummary, summaryWords } from './print/summary.ts';

/** Plain `sdloop`: the screen, with the loop in this process. */
export async function perform(invocation: Invocation): Promise<number> {
  const { flags, environment, output } = invocation;
  const opened = openAllSettings(invocation, { followsLastUsed: true });
  if (!opened.ok) return opened.code;
  const { settings, given, store } = opened;
  const abilities = terminalAbilities(environment, process.stdout, settings.color);
  if (!abilities.isInteractive || !process.stdin.isTTY) {
    output.fail('usage', 'The screen needs a terminal; `sdloop run` works without one.');
    return exitCode.wrongUsage;
  }
  const target = await openTarget(invocation, settings);
  if (!target.ok) return target.code;

  const startedAt = Date.now();
  let summary = emptySummary;
  let typedAddress: Target | null = null;
  const runner = keepImageDirectory(
    startRunner({
      address: target.address,
      createClient: createWebUiClient,
      saving: { choice: settings.save, outputDirectory: settings.outputDir ?? null },
      isDemo: target.isDemo,
      onNotice(notice) {
        summary = countNotice(summary, notice);
        if (notice.type !== 'connected' || typedAddress === null) return;
        void store.change(rememberAddress(typedAddress.url, typedAddress.auth));
        typedAddress = null;
      },
    }),
    store,
  );
  try {
    const end = await showScreen({
      connection: {
        ...runner,
        connect(address) {
          typedAddress = address;
          runner.connect(address);
        },
      },
      abilities,
      initial: initialScreen({
        settings,
        given,
        count: flags.count,
        promptHistory: store.file.promptHistory,
        auth: target.address.auth,
      }),
      isLoopInThisProcess: true,
      onPlanStarted: (plan) => void store.change(rememberPlan(plan)),
    });
    if (end.how === 'signal' && end.signal !== 'SIGINT') await endLoop(runner);
    if (summary.generations > 0) output.print(summaryWords(summary, Date.now() - startedAt));
    return end.how === 'signal' ? signalExitCode[end.signal] : exitCode.done;
  } finally {
    await runner.close();
    await target.close();
  }
}
