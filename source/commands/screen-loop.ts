import { startRunner } from '../runner/runner.ts';
import { rememberAddress, rememberPlan } from '../settings/last-used.ts';
import type { TerminalAbilities } from '../settings/terminal-abilities.ts';
import { showScreen } from '../ui/show-screen.tsx';
import type { Target } from './connect.ts';
import { endLoop } from './end-loop.ts';
import { exitCode, signalExitCode } from './exit-code.ts';
import { initialScreen } from './initial-screen.ts';
import type { Invocation } from './invocation.ts';
import { keepImageDirectory } from './keep-image-directory.ts';
import { lateClients } from './late-client.ts';
import type { OpenedSettings } from './open-settings.ts';
import type { OpenedTarget } from './open-target.ts';
import { countNotice, emptySummary, summaryWords } from './print/summary.ts';
import { growNoMore } from './spare-memory.ts';

/** Shows the screen over a loop in this process until one of them ends; resolves to the exit code. */
export async function screenLoop(facts: {
  readonly invocation: Invocation;
  readonly opened: OpenedSettings & { readonly ok: true };
  readonly target: OpenedTarget & { readonly ok: true };
  readonly abilities: TerminalAbilities;
}): Promise<number> {
  const { flags, output } = facts.invocation;
  const { settings, given, store } = facts.opened;
  const { address, isDemo } = facts.target;
  const startedAt = Date.now();
  const firstFrame = Promise.withResolvers<void>();
  let summary = emptySummary;
  let typedAddress: Target | null = null;
  const runner = keepImageDirectory(
    startRunner({
      address,
      createClient: lateClients(firstFrame.promise),
      saving: { choice: settings.save, outputDirectory: settings.outputDir ?? null },
      isDemo,
      ledger: null,
      resumesAfterCrash: true,
      onNotice(notice) {
        summary = countNotice(summary, notice);
        if (notice.type !== 'connected' || typedAddress === null) return;
        void store.change(rememberAddress(typedAddress.url, typedAddress.auth));
        typedAddress = null;
      },
    }),
    store,
  );
  const own = runner.open('screen');
  const connection = {
    ...own,
    connect(next: Target) {
      typedAddress = next;
      own.connect(next);
    },
  };
  const initial = initialScreen({
    settings,
    given,
    count: flags.count,
    promptHistory: store.file.promptHistory,
    auth: address.auth,
    troubles: store.notices,
  });
  try {
    const end = await showScreen({
      connection,
      abilities: facts.abilities,
      initial,
      onFirstFrame() {
        growNoMore();
        firstFrame.resolve();
      },
      onPlanStarted: (plan) => store.change(rememberPlan(plan)),
    });
    if (end.how === 'left' || end.signal !== 'SIGINT') await endLoop(own);
    if (summary.generations > 0 && !end.isTerminalFrozen)
      output.print(summaryWords(summary, Date.now() - startedAt));
    return end.how === 'signal' ? signalExitCode[end.signal] : exitCode.done;
  } finally {
    await runner.close();
  }
}
