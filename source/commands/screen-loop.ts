import type { RunnerConnection } from '../connection/runner-connection.ts';
import { leavingWords } from '../presentation/leaving-words.ts';
import { rememberAddress, rememberPlan } from '../settings/last-used.ts';
import type { TerminalAbilities } from '../settings/terminal-abilities.ts';
import { showScreen } from '../ui/show-screen.ts';
import { callsOf } from './calls-of.ts';
import type { Target } from './connect.ts';
import { exitCode, signalExitCode } from './exit-code.ts';
import { galleryOptions } from './gallery-options.ts';
import { initialScreen } from './initial-screen.ts';
import type { Invocation } from './invocation.ts';
import type { OpenedSettings } from './open-settings.ts';
import { growNoMore } from './spare-memory.ts';

/** Shows the screen over a runner until the person leaves it; resolves to the exit code. The loop goes on. */
export async function screenLoop(facts: {
  readonly invocation: Invocation;
  readonly opened: OpenedSettings & { readonly ok: true };
  readonly address: Target;
  readonly connection: RunnerConnection;
  readonly abilities: TerminalAbilities;
}): Promise<number> {
  const { flags, output } = facts.invocation;
  const { settings, given, store } = facts.opened;
  const { address, connection } = facts;
  let typed: Target | null = null;
  const unsubscribe = connection.subscribe(() => {
    const { webUi, url } = connection.getSnapshot();
    if (typed === null || webUi === null || url !== typed.url) return;
    void store.change(rememberAddress(typed.url, typed.auth));
    typed = null;
  });
  const initial = initialScreen({
    settings,
    given,
    count: flags.count,
    promptHistory: store.file.promptHistory,
    // A loop that runs already may be on another WebUI, which must not be offered the password of this one.
    auth: isSameOrigin(connection.getSnapshot().url, address.url) ? address.auth : null,
    troubles: store.notices,
  });
  const end = await showScreen({
    connection: {
      ...connection,
      connect(next) {
        typed = next;
        connection.connect(next);
      },
    },
    abilities: facts.abilities,
    initial,
    gallery: galleryOptions(facts.invocation, settings),
    onFirstFrame: growNoMore,
    onPlanStarted: (plan) => store.change(rememberPlan(plan)),
  });
  unsubscribe();
  if (!end.isTerminalFrozen) {
    const words = leavingWords(connection.getSnapshot(), connection.getLink(), callsOf(facts.invocation));
    if (words !== '') output.print(words);
  }
  return end.how === 'signal' ? signalExitCode[end.signal] : exitCode.done;
}

function isSameOrigin(one: string, other: string): boolean {
  return URL.parse(one)?.origin === URL.parse(other)?.origin;
}
