import * as v from 'valibot';
import { type Settings, settingSchemas } from './schema.ts';
import type { SettingName } from './setting-names.ts';

/** A setting's value, or what is wrong with it, to go on from the name of the flag or variable that held it. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

/** Reads a value as it stands in the settings file. */
export function readSetting<Name extends SettingName>(
  name: Name,
  value: unknown,
): Reading<NonNullable<Settings[Name]>> {
  const parsed = v.safeParse(settingSchemas[name], value);
  if (parsed.success) return { ok: true, value: parsed.output as NonNullable<Settings[Name]> };
  return { ok: false, message: parsed.issues[0].message };
}

/** Reads a value from a flag, a variable or `config set`, where everything is text. */
export function readSettingText<Name extends SettingName>(
  name: Name,
  text: string,
): Reading<NonNullable<Settings[Name]>> {
  return readSetting(name, fromText(settingSchemas[name], text));
}

function fromText(schema: v.GenericSchema, text: string): unknown {
  switch (schema.type) {
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : text;
    case 'boolean':
      return { true: true, yes: true, on: true, 1: true, false: false, no: false, off: false, 0: false }[
        text.trim().toLowerCase()
      ];
  }
  return text;
}
