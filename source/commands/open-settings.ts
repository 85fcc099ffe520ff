import { readEnvironment } from '../settings/environment.ts';
import { type ResolvedSettings, resolveSettings } from '../settings/resolve.ts';
import type { Settings } from '../settings/schema.ts';
import { openSettings, type SettingsStore } from '../settings/settings-store.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';

/** The settings of this start and the store that keeps them; or the exit code, the trouble having been said. */
export type OpenedSettings =
  | {
      readonly ok: true;
      readonly settings: ResolvedSettings;
      /** What flags and environment say for this start alone. */
      readonly given: Settings;
      readonly store: SettingsStore;
    }
  | { readonly ok: false; readonly code: number };

/** Brings flags, environment and file together, and says what could not be used. `run` does not follow what the screen last used. */
export function openAllSettings(
  { flags, environment, output }: Invocation,
  { followsLastUsed }: { readonly followsLastUsed: boolean },
): OpenedSettings {
  const variables = readEnvironment(environment);
  if (!variables.ok) {
    output.fail('usage', variables.message);
    return { ok: false, code: exitCode.wrongUsage };
  }
  const store = openSettings(environment);
  for (const notice of store.notices) output.say(notice);
  const settings = resolveSettings({
    flags: flags.settings,
    environment: variables.value,
    lastUsed: followsLastUsed ? store.file.lastUsed : {},
    file: store.file.settings,
  });
  return { ok: true, settings, given: { ...variables.value, ...flags.settings }, store };
}
