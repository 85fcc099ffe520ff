import type { DatabaseSync } from 'node:sqlite';
import { numberAt } from './row.ts';

/** A condition on a row of `images`, with the values for its question marks. */
export type Condition = { readonly sql: string; readonly values: readonly (string | number)[] };

/** More prompts than these are looked at one by one, as they come. */
const mostMatches = 50_000;

/** What the trigram index needs to find a term, characters. */
const shortestIndexed = 3;

/** The terms of a search, which must all be in a prompt; upper and lower case are the same. */
export function searchTerms(text: string): readonly string[] {
  // SQLite takes a NUL for the end of a text.
  return text.split(/[\s\u0000]+/).filter((term) => term !== '');
}

/**
 * The condition that an image's prompt has all terms, null without a term. Finds the prompts first, into a temporary table of this
 * connection, where they are few enough. Terms of one or two characters (a Chinese word often is) are looked for without the index.
 */
export function searchPrompts(database: DatabaseSync, text: string): Condition | null {
  const terms = searchTerms(text);
  if (terms.length === 0) return null;
  const long = terms.filter((term) => Array.from(term).length >= shortestIndexed);
  const short = terms.filter((term) => !long.includes(term));
  const match = long.map((term) => `"${term.replaceAll('"', '""')}"`).join(' ');
  const patterns = short.map((term) => `%${term.replace(/[\\%_]/g, '\\$&')}%`);
  const likes = patterns.map(() => `prompt LIKE ? ESCAPE '\\'`);
  const wanted = long.length > 0 ? ['prompt_text MATCH ?', ...likes] : likes;
  const values = long.length > 0 ? [match, ...patterns] : patterns;
  const [table, id] = long.length > 0 ? ['prompt_text', 'rowid'] : ['prompts', 'id'];
  const where = wanted.join(' AND ');
  database.exec('DROP TABLE IF EXISTS temp.matched; CREATE TEMP TABLE matched (id INTEGER PRIMARY KEY)');
  database
    .prepare(`INSERT INTO temp.matched SELECT ${id} FROM ${table} WHERE ${where} LIMIT ${mostMatches + 1}`)
    .run(...values);
  const count = numberAt(database.prepare('SELECT count(*) AS count FROM temp.matched').get() ?? {}, 'count');
  if (count <= mostMatches) return { sql: 'images.prompt_id IN (SELECT id FROM temp.matched)', values: [] };
  return {
    sql: `EXISTS (SELECT 1 FROM ${table} WHERE ${table}.${id} = images.prompt_id AND ${where})`,
    values,
  };
}
