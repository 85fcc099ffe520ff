import { closeNames } from '../generation/close-names.ts';
import { cleanText } from '../presentation/clean-text.ts';
import { readSettingText } from '../settings/read-text.ts';
import { defaultSettings } from '../settings/resolve.ts';
import type { Settings } from '../settings/schema.ts';
import {
  camelCase,
  flagOf,
  isSettingName,
  type SettingName,
  settingNames,
} from '../settings/setting-names.ts';
import { openSettings, type SettingsStore } from '../settings/settings-store.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import type { Output } from './output.ts';
import { jsonLine } from './print/json-line.ts';

/** `sdloop config path | get [NAME] | set NAME [VALUE]`. */
export async function perform({ input, environment, output }: Invocation): Promise<number> {
  const [action, ...words] = input;
  const store = openSettings(environment);
  if (action === 'path' && words.length === 0) {
    output.print(store.path);
    return exitCode.done;
  }
  for (const notice of store.notices) output.say(notice);
  if (action === 'get' && words.length <= 1) return get(output, store, words[0]);
  if (action === 'set' && words.length >= 1 && words.length <= 2) {
    return await set(output, store, words[0] ?? '', words[1]);
  }
  return refuse(
    output,
    'Write `sdloop config path`, `get [NAME]` or `set NAME [VALUE]`; quote a value that has spaces.',
  );
}

function get(output: Output, { file }: SettingsStore, asked: string | undefined): number {
  const names = asked === undefined ? settingNames : [readName(asked)];
  for (const name of names) {
    if (name === null) return refuse(output, unknownName(asked ?? ''));
    const held = file.settings[name];
    if (asked === undefined && held === undefined) continue;
    const value = held ?? (defaultSettings as Settings)[name];
    if (value === undefined) {
      output.fail('not-set', `${flagOf(name).slice(2)} is not set and has no default.`);
      return exitCode.error;
    }
    print(output, name, shown(name, value), asked === undefined);
  }
  return exitCode.done;
}

async function set(
  output: Output,
  store: SettingsStore,
  asked: string,
  text: string | undefined,
): Promise<number> {
  const name = readName(asked);
  if (name === null) return refuse(output, unknownName(asked));
  const reading = text === undefined ? null : readSettingText(name, text);
  if (reading?.ok === false) return refuse(output, `${flagOf(name).slice(2)} ${reading.message}.`);
  const problem = await store.change(({ settings, lastUsed }) => ({
    settings: { ...without(settings, name), ...(reading && { [name]: reading.value }) },
    // Else what the screen last used would hide the new value there.
    lastUsed: without(lastUsed, name),
  }));
  if (problem === null) return exitCode.done;
  output.fail('settings', problem);
  return exitCode.error;
}

function print(output: Output, name: SettingName, value: string | number | boolean, isNamed: boolean): void {
  if (output.isJson) output.print(jsonLine({ type: 'setting', at: Date.now(), name, value }));
  else output.print(cleanText(isNamed ? `${flagOf(name).slice(2)} = ${value}` : String(value)));
}

/** Passwords are kept and used, never shown. */
function shown(name: SettingName, value: string | number | boolean): string | number | boolean {
  if (name === 'auth') return '***';
  return name === 'url' ? String(value).replace(/\/\/[^/?#]*@/, '//***@') : value;
}

function without(settings: Settings, name: SettingName): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => key !== name));
}

function readName(text: string): SettingName | null {
  const name = camelCase(text.replace(/^--/, ''));
  return isSettingName(name) ? name : null;
}

function unknownName(asked: string): string {
  const names = settingNames.map((name) => flagOf(name).slice(2));
  const close = closeNames(asked, names, 1)[0];
  const hint = close ? `Did you mean ${close}?` : `There are ${names.join(', ')}.`;
  return `There is no setting "${cleanText(asked)}". ${hint}`;
}

function refuse(output: Output, message: string): number {
  output.fail('usage', message);
  return exitCode.wrongUsage;
}
