import type { AnyFlag } from 'meow';
import { type Option, options } from './options.ts';

/** What was typed, split by the parser; its values are not read yet. */
export type ParsedWords = {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly input: readonly string[];
};

/** Parses arguments that were checked. Without an option there is nothing to parse, and loading the parser would take as long as joining a loop. */
export async function parseWords(argv: readonly string[]): Promise<ParsedWords> {
  if (!argv.some((word) => word.startsWith('-'))) return { flags: {}, input: argv };
  const { default: meow } = await import('meow');
  const { flags, input } = meow({
    importMeta: import.meta,
    pkg: { name: 'sdloop' },
    argv,
    autoHelp: false,
    autoVersion: false,
    // A switch that is not given says nothing, so that settings and last used values can: without this meow answers false.
    booleanDefault: undefined,
    // Read as text: the settings' schema says what a value may be, with a sentence of its own.
    flags: Object.fromEntries(
      Object.entries(options).map(([name, { kind }]: [string, Option]) => [name, flag(kind)]),
    ),
  });
  return { flags, input };
}

function flag(kind: Option['kind']): AnyFlag {
  if (kind === 'list') return { type: 'string', isMultiple: true };
  return kind === 'value' ? { type: 'string' } : { type: 'boolean' };
}
