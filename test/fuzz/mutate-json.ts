import { below, type Chance, hostileText, pick } from './mutate.ts';

/** Changes a JSON text in one to three places: other types, huge numbers, deep nesting, missing and foreign names. */
export function mutateJson(text: string, chance: Chance): string {
  // What was nested by an earlier change is too deep for JSON.stringify.
  if (/\[{50}|(?:\{"a":){50}/.test(text)) return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  for (let left = 1 + below(3, chance); left > 0; left--) value = change(value, chance);
  // As text, since JSON.stringify itself cannot nest so deep.
  return JSON.stringify(value).replaceAll(`"${deepMark}"`, () => pick(deepTexts, chance));
}

const deepMark = 'deep-value-stands-here';

const deepTexts = [
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  '1e999',
  '-1e999',
  '123456789012345678901234567890',
  '"\\ud800"',
];

/** Goes down to a place of chance and changes what is there. */
function change(value: unknown, chance: Chance): unknown {
  if (chance() < 0.25 || typeof value !== 'object' || value === null) return replace(value, chance);
  if (Array.isArray(value)) return changeArray(value, chance);
  const entries = Object.entries(value);
  const at = below(entries.length, chance);
  const [name, held] = entries[at] ?? ['', null];
  if (chance() < 0.15) return Object.fromEntries(entries.toSpliced(at, 1));
  if (chance() < 0.1) return { ...value, [pick(foreignNames, chance)]: held };
  return { ...value, [name]: change(held, chance) };
}

const foreignNames = ['__proto__', 'constructor', 'toString', 'length', '', hostileText];

function changeArray(list: readonly unknown[], chance: Chance): unknown[] {
  if (list.length === 0) return [replace(null, chance)];
  const at = below(list.length, chance);
  if (chance() < 0.1) return list.toSpliced(at, 1);
  if (chance() < 0.1) return Array<unknown>(1000).fill(list[at]);
  return list.with(at, change(list[at], chance));
}

function replace(value: unknown, chance: Chance): unknown {
  // The text of an answer's `info` holds JSON of its own.
  if (typeof value === 'string' && value.startsWith('{') && chance() < 0.8) return mutateJson(value, chance);
  return pick(replacements, chance)(value);
}

const replacements: readonly ((value: unknown) => unknown)[] = [
  () => null,
  () => true,
  () => '',
  () => -1,
  () => 0.5,
  () => 1e300,
  () => Number.MAX_SAFE_INTEGER,
  () => [],
  () => ({}),
  () => deepMark,
  () => hostileText,
  () => '../../../../etc/passwd',
  () => '/etc',
  () => `/${'x'.repeat(100_000)}`,
  () => 'C:\\Windows\\..\\..',
  (value) => [value],
  (value) => ({ value }),
  (value) => `${JSON.stringify(value)}`,
  (value) => Array<unknown>(50).fill(value),
];
