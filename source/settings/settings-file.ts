import { readFileSync, renameSync, statSync } from 'node:fs';
import * as v from 'valibot';
import { readSetting } from './read-text.ts';
import type { Settings } from './schema.ts';
import { settingNames } from './setting-names.ts';

/** What is kept from one start to the next. */
export type SettingsFile = {
  /** What a person decided with `sdloop config set`, and the address that the screen connected to. */
  readonly settings: Settings;
  /** What the screen last generated with. */
  readonly lastUsed: Settings;
  /** Newest first. */
  readonly promptHistory: readonly string[];
  /** Where the last run's images went, absolute. */
  readonly lastImageDirectory: string | null;
};

/** Sentences about what could not be used; the program goes on with defaults. */
export type SettingsFileReading = { readonly file: SettingsFile; readonly notices: readonly string[] };

const emptyFile: SettingsFile = { settings: {}, lastUsed: {}, promptHistory: [], lastImageDirectory: null };

/**
 * Reads the settings file without loading conf, whose schema compiler costs as much start-up time as all the rest; conf writes it.
 * A broken file is renamed to `config.broken-<time>.json`, so that nothing that a person wrote is lost.
 */
export function readSettingsFile(path: string): SettingsFileReading {
  const text = readText(path);
  if (!text.ok) return { file: emptyFile, notices: text.notices };
  const root = asRecord(parseJson(text.value));
  return root ? readContent(path, root) : { file: emptyFile, notices: [setAside(path)] };
}

type Text =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly notices: readonly string[] };

/** Far more than the longest prompt history takes. */
const maxByteCount = 64 * 2 ** 20;

function readText(path: string): Text {
  const unreadable = (why: string): Text => ({
    ok: false,
    notices: [`The settings in ${path} cannot be read (${why}); defaults are used.`],
  });
  try {
    const entry = statSync(path);
    // Reading a pipe or a device would wait for ever, or never end.
    if (!entry.isFile()) return unreadable('not a file');
    if (entry.size > maxByteCount) return unreadable('too large');
    return { ok: true, value: readFileSync(path, 'utf8') };
  } catch (error) {
    const code = codeOf(error);
    const isAbsent = code === 'ENOENT' || code === 'ENOTDIR';
    return isAbsent ? { ok: false, notices: [] } : unreadable(code);
  }
}

/** Parses JSON as people save it: editors on Windows put a byte order mark before it. Throws when it is none. */
export function parseSettings(text: string): unknown {
  return JSON.parse(text.replace(/^\ufeff/, ''));
}

function parseJson(text: string): unknown {
  try {
    return parseSettings(text);
  } catch {
    return undefined;
  }
}

function asRecord(value: unknown): Record<string, unknown> | null {
  // Valibot's record takes an array too.
  const record = v.safeParse(v.record(v.string(), v.unknown()), Array.isArray(value) ? null : value);
  return record.success ? record.output : null;
}

function setAside(path: string): string {
  const time = new Date().toISOString().replace(/[:.]/g, '-');
  const keptAt = path.replace(/(\.json)?$/, `.broken-${time}.json`);
  try {
    renameSync(path, keptAt);
    return `The settings in ${path} are broken; defaults are used, and the file is kept as ${keptAt}.`;
  } catch (error) {
    return `The settings in ${path} are broken and cannot be moved aside (${codeOf(error)}); defaults are used.`;
  }
}

function readContent(path: string, root: Record<string, unknown>): SettingsFileReading {
  const notices: string[] = [];
  const prompts = v.safeParse(v.array(v.string()), root.promptHistory);
  return {
    file: {
      settings: readLayer(path, root.settings, notices),
      lastUsed: readLayer(path, root.lastUsed, notices),
      promptHistory: prompts.success ? prompts.output : [],
      lastImageDirectory: typeof root.lastImageDirectory === 'string' ? root.lastImageDirectory : null,
    },
    notices,
  };
}

/** One wrong value does not cost the others; names that this version does not know are left alone. */
function readLayer(path: string, value: unknown, notices: string[]): Settings {
  const record = asRecord(value);
  const layer: Record<string, unknown> = {};
  for (const name of settingNames) {
    const held = record?.[name];
    if (held === undefined) continue;
    const reading = readSetting(name, held);
    if (reading.ok) layer[name] = reading.value;
    else notices.push(`"${name}" in ${path} ${reading.message}; it is ignored.`);
  }
  return layer as Settings;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
