import { resolve } from 'node:path';
import type { RunnerConnection } from '../connection/runner-connection.ts';
import { terminalAbilities } from '../settings/terminal-abilities.ts';
import { exitCode, signalExitCode } from './exit-code.ts';
import { galleryOptions } from './gallery-options.ts';
import { initialScreen } from './initial-screen.ts';
import type { Invocation } from './invocation.ts';
import { openAllSettings } from './open-settings.ts';
import { compileSparingly, growNoMore } from './spare-memory.ts';

/** `sdloop gallery`: the pictures of the profile, or those in a folder, without any loop. */
export async function perform(invocation: Invocation): Promise<number> {
  const { environment, input, output } = invocation;
  const opened = openAllSettings(invocation, { followsLastUsed: false });
  if (!opened.ok) return opened.code;
  const { settings, given } = opened;
  const abilities = terminalAbilities(environment, process.stdout, settings.color);
  if (!abilities.isInteractive || !process.stdin.isTTY) {
    output.fail('usage', 'The gallery needs a terminal; `sdloop images` and `sdloop show` work without one.');
    return exitCode.wrongUsage;
  }
  if (input.length > 1) {
    output.fail('usage', 'Name one folder: `sdloop gallery FOLDER`.');
    return exitCode.wrongUsage;
  }
  const folder = input[0] === undefined ? null : resolve(input[0]);
  if (folder !== null) {
    const { folderTrouble } = await import('../choosing/open-folder-chooser.ts');
    const trouble = await folderTrouble(folder);
    if (trouble !== null) {
      output.fail('usage', trouble);
      return exitCode.wrongUsage;
    }
  }
  compileSparingly();
  const [{ showScreen }, { emptySnapshot }] = await Promise.all([
    import('../ui/show-screen.ts'),
    import('../runner/empty-snapshot.ts'),
  ]);
  const snapshot = emptySnapshot({ at: Date.now(), url: '', isDemo: false });
  const initial = initialScreen({
    settings,
    given,
    count: null,
    promptHistory: [],
    auth: null,
    troubles: opened.store.notices,
  });
  const end = await showScreen({
    connection: withoutRunner(snapshot),
    abilities,
    initial: { ...initial, startAtOnce: null, isGalleryOnly: true },
    gallery: galleryOptions(invocation, settings, folder),
    onFirstFrame: growNoMore,
    onPlanStarted: async () => null,
  });
  return end.how === 'signal' ? signalExitCode[end.signal] : exitCode.done;
}

/** Nothing runs, nothing is told. */
function withoutRunner(
  snapshot: ReturnType<RunnerConnection['getSnapshot']>,
): Omit<RunnerConnection, 'close'> {
  return {
    send() {},
    view() {},
    getSnapshot: () => snapshot,
    getLink: () => ({ kind: 'live' }),
    setPreviewWanted() {},
    getPreview: () => null,
    subscribe: () => () => {},
    connect() {},
    restart() {},
  };
}
