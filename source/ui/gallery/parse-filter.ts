import { type ChoosingFilter, everyPresentImage } from '../../presentation/choosing.ts';

/** How a filter is written, for the line in which it is. */
export const filterHint = 'prompt words · a seed · 4* · kept · model:NAME · name:00012';

const verdicts: Readonly<Record<string, ChoosingFilter['verdict']>> = {
  kept: 'kept',
  undecided: 'undecided',
  rejected: 'rejected',
  trash: 'rejected',
};

const looks: Readonly<Record<string, ChoosingFilter['look']>> = {
  black: 'black',
  duplicate: 'near-duplicate',
  duplicates: 'near-duplicate',
};

/**
 * What a filter means as far as it is written: a number is a seed, `3*` and more stars, `model:` and `name:` parts of those, a few words a
 * verdict or a flag, and everything else words of the prompt. `is:` before a word makes sure that it is none of the prompt, a quote that it is.
 */
export function parseFilter(text: string): ChoosingFilter {
  let filter: ChoosingFilter = everyPresentImage;
  const words: string[] = [];
  for (const term of text.trim().split(/\s+/)) {
    const [, key, value] = /^(model|name|seed|stars|is|prompt):(.*)$/i.exec(term) ?? [];
    const read = key === undefined ? bareTerm(term) : keyedTerm(key.toLowerCase(), value ?? '');
    if (typeof read === 'string') words.push(read);
    else filter = { ...filter, ...read };
  }
  const prompt = words.filter((word) => word !== '').join(' ');
  return prompt === '' ? filter : { ...filter, prompt };
}

function bareTerm(term: string): Partial<ChoosingFilter> | string {
  const stars = /^([1-5])(?:\*|★)\+?$/.exec(term)?.[1];
  if (stars !== undefined) return { minStars: Number(stars) };
  if (/^\d{4,10}$/.test(term)) return { seed: Number(term) };
  return word(term.toLowerCase()) ?? term.replace(/^"/, '').replace(/"$/, '');
}

function keyedTerm(key: string, value: string): Partial<ChoosingFilter> | string {
  switch (key) {
    case 'model':
      return value === '' ? {} : { model: value };
    case 'name':
      return value === '' ? {} : { name: value };
    case 'seed':
      return /^\d{1,10}$/.test(value) ? { seed: Number(value) } : {};
    case 'stars':
      return /^[1-5]$/.test(value) ? { minStars: Number(value) } : {};
    case 'is':
      return word(value.toLowerCase()) ?? {};
    default:
      return value;
  }
}

function word(term: string): Partial<ChoosingFilter> | null {
  const verdict = verdicts[term];
  if (verdict !== undefined) return { verdict };
  const look = looks[term];
  return look === undefined ? null : { look };
}
