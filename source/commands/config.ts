import { resolve } from 'node:path';
import { closeNames } from '../generation/close-names.ts';
import { cleanText } from '../presentation/clean-text.ts';
import { maskSecrets } from '../runner/mask-secrets.ts';
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
import type { SettingsFile } from '../settings/settings-file.ts';
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

type Value = string | number | boolean;

/** Where a value stands: what the screen last used counts on the screen alone. */
type Found = { readonly value: Value; readonly from: 'settings' | 'default' | 'last-used' };

function get(output: Output, { file }: SettingsStore, asked: string | undefined): number {
  if (asked === undefined) {
    for (const name of settingNames) {
      for (const one of find(file, name)) if (one.from !== 'default') print(output, name, one, true);
    }
    return exitCode.done;
  }
  const name = readName(asked);
  if (name === null) return refuse(output, unknownName(asked));
  const [first] = find(file, name);
  if (first !== undefined) {
    print(output, name, first, false);
    return exitCode.done;
  }
  output.fail('not-set', `${flagOf(name).slice(2)} is not set and has no default.`);
  return exitCode.error;
}

/** What a run would take comes first. */
function find({ settings, lastUsed }: SettingsFile, name: SettingName): Found[] {
  const places = [
    { from: 'settings', value: settings[name] },
    {
      from: 'default',
      value: settings[name] === undefined ? (defaultSettings as Settings)[name] : undefined,
    },
    { from: 'last-used', value: lastUsed[name] },
  ] as const;
  return places.flatMap(({ from, value }) => (value === undefined ? [] : [{ from, value }]));
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
  // A relative path would mean another one wherever sdloop is started next.
  const isPath = pathSettings.has(name);
  const value = isPath && text !== undefined ? resolve(text) : reading?.value;
  const problem = await store.change(({ settings, lastUsed }) => ({
    settings: { ...without(settings, name), ...(value !== undefined && { [name]: value }) },
    // Else what the screen last used would hide the new value there.
    lastUsed: without(lastUsed, name),
  }));
  if (problem === null) return exitCode.done;
  output.fail('settings', problem);
  return exitCode.error;
}

function print(output: Output, name: SettingName, { value: held, from }: Found, isNamed: boolean): void {
  const value = shown(name, held);
  if (output.isJson) return output.print(jsonLine({ type: 'setting', at: Date.now(), name, value, from }));
  const remark = from === 'last-used' ? ' (last used on the screen)' : '';
  output.print(cleanText(isNamed ? `${flagOf(name).slice(2)} = ${value}${remark}` : String(value)));
}

const pathSettings: ReadonlySet<SettingName> = new Set([
  'outputDir',
  'authFile',
  'caFile',
  'clientCert',
  'clientKey',
]);

/** Passwords are kept and used, never shown. */
function shown(name: SettingName, value: Value): Value {
  if (name === 'restartCommand') return maskSecrets(String(value));
  if (name === 'auth' || name === 'token') return '***';
  if (name === 'headers') return String(value).replace(/:.*$/gm, ': ***').replaceAll('\n', ', ');
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
