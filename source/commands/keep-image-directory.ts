import type { Runner } from '../runner/runner-options.ts';
import { rememberDirectory } from '../settings/last-used.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

/** Notes where the runner's images go as soon as that is known, so that `sdloop images` finds them; closing waits for the note. */
export function keepImageDirectory(runner: Runner, store: SettingsStore): Runner {
  let noted: Promise<unknown> | null = null;
  const connection = runner.open('command');
  const stop = connection.subscribe(() => {
    const directory = connection.getSnapshot().saving?.directory;
    if (directory === undefined) return;
    stop();
    if (directory === store.file.lastImageDirectory) return;
    // Whether it could be kept is not worth a word: nothing that was asked for depends on it.
    noted = store.change(rememberDirectory(directory));
  });
  return {
    ...runner,
    async close() {
      await noted;
      await runner.close();
    },
  };
}
