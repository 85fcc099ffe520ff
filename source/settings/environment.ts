import { type Reading, readSettingText } from './read-text.ts';
import type { Settings } from './schema.ts';
import { environmentVariableOf, settingNames } from './setting-names.ts';

/** The process's environment, or a test's. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads every `SDLOOP_...` variable; an empty one counts as not set. */
export function readEnvironment(environment: Environment): Reading<Settings> {
  const settings: Record<string, unknown> = {};
  for (const name of settingNames) {
    const text = environment[environmentVariableOf(name)];
    if (text === undefined || text === '') continue;
    const reading = readSettingText(name, text);
    if (!reading.ok) return { ok: false, message: `${environmentVariableOf(name)} ${reading.message}.` };
    settings[name] = reading.value;
  }
  return { ok: true, value: settings as Settings };
}
