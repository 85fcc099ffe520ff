import type { Condition } from '../ledger/prompt-search.ts';
import type { ChoosingFilter } from '../presentation/choosing.ts';
import type { ImageFilter } from '../presentation/image-facts.ts';

/** What leaves out, of all images, those that were decided otherwise. */
export function hiddenCondition({ verdict }: ChoosingFilter): Condition {
  return {
    sql: `images.id NOT IN (SELECT image_id FROM temp.chosen WHERE ${hiddenVerdicts(verdict)})`,
    values: [],
  };
}

/** Which of `temp.chosen` are left out. */
export function hiddenVerdicts(verdict: ChoosingFilter['verdict']): string {
  if (verdict === 'any') return `chosen_verdict = 'purged'`;
  return verdict === 'undecided'
    ? `chosen_verdict <> 'undecided'`
    : `chosen_verdict IN ('rejected', 'purged')`;
}

/** A condition on what was decided and seen, whatever the columns are called. */
export function decidedCondition(
  { verdict, look }: ChoosingFilter,
  minStars: number,
  columns: Readonly<Record<'verdict' | 'stars' | 'black' | 'near', string>>,
): Condition {
  const verdicts = {
    any: `${columns.verdict} <> 'purged'`,
    present: `${columns.verdict} NOT IN ('rejected', 'purged')`,
    undecided: `${columns.verdict} = 'undecided'`,
    kept: `${columns.verdict} = 'kept'`,
    rejected: `${columns.verdict} = 'rejected'`,
  };
  const looks = { black: `${columns.black} = 1`, 'near-duplicate': `${columns.near} = 1` };
  return {
    sql: `${verdicts[verdict]} AND ${columns.stars} >= ? AND ${look === null ? 'TRUE' : looks[look]}`,
    values: [minStars],
  };
}

/** A condition on a file name. */
export function nameCondition(column: string, { name }: ChoosingFilter): Condition {
  if (name === null || name === '') return { sql: 'TRUE', values: [] };
  return { sql: `${column} LIKE ? ESCAPE '\\'`, values: [`%${name.replace(/[\\%_]/g, '\\$&')}%`] };
}

/** What of the filter the ledger knows. */
export function ledgerFilter({ since, model, seed, prompt }: ChoosingFilter): ImageFilter {
  return { since, model, seed, prompt };
}

/** Two conditions at once. */
export function both(one: Condition, other: Condition): Condition {
  if (one.sql === 'TRUE') return other;
  if (other.sql === 'TRUE') return one;
  return { sql: `${one.sql} AND ${other.sql}`, values: [...one.values, ...other.values] };
}
