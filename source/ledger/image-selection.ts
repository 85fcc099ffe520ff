import type { DatabaseSync } from 'node:sqlite';
import type { ImageFilter } from '../presentation/image-facts.ts';
import { type Condition, searchPrompts } from './prompt-search.ts';
import { numberAt } from './row.ts';

/** How to find the images that are wanted, newest first. */
export type ImageSelection =
  /** Few enough to know all of them beforehand. */
  | { readonly kind: 'few'; readonly ids: readonly number[] }
  /** All images are walked through from the newest on, as far as they are asked for. */
  | { readonly kind: 'many'; readonly condition: Condition };

/** So many ids are sorted in memory rather than met on a walk through everything. */
const mostSorted = 50_000;

type Dimension = Condition & { readonly index: string };

/** The condition on a row of `images` alone, for a search that begins elsewhere; throws SQLite's error. */
export function imageCondition(database: DatabaseSync, filter: ImageFilter): Condition {
  return all([...sinceOf(filter), ...dimensionsOf(database, filter)]);
}

/** Finds out which way is the quick one; throws SQLite's error. */
export function selectImages(database: DatabaseSync, filter: ImageFilter): ImageSelection {
  const dimensions = dimensionsOf(database, filter);
  const condition = all([...sinceOf(filter), ...dimensions]);
  const counted = dimensions.map((dimension) => ({ dimension, count: countUpTo(database, dimension) }));
  const [narrowest] = counted.toSorted((left, right) => left.count - right.count);
  if (narrowest === undefined || narrowest.count > mostSorted) return { kind: 'many', condition };
  const rows = database
    .prepare(
      `SELECT id FROM images INDEXED BY ${narrowest.dimension.index} WHERE ${condition.sql} ORDER BY saved_at DESC, id DESC`,
    )
    .all(...condition.values);
  return { kind: 'few', ids: rows.map((row) => numberAt(row, 'id')) };
}

function sinceOf({ since }: ImageFilter): Condition[] {
  return since === null ? [] : [{ sql: 'saved_at >= ?', values: [since] }];
}

/** What has an index of its own. */
function dimensionsOf(database: DatabaseSync, { model, seed, prompt }: ImageFilter): Dimension[] {
  const dimensions: Dimension[] = [];
  if (seed !== null) dimensions.push({ index: 'images_by_seed', sql: 'seed = ?', values: [seed] });
  if (model !== null) {
    // SQLite's LIKE knows upper and lower case in ASCII alone.
    const wanted = model.toLowerCase();
    const rows = database.prepare('SELECT id, title FROM checkpoints').all();
    const ids = rows
      .filter(({ title }) => String(title).toLowerCase().includes(wanted))
      .map((row) => numberAt(row, 'id'));
    dimensions.push({
      index: 'images_by_checkpoint',
      sql: 'checkpoint_id IN (SELECT value FROM json_each(?))',
      values: [JSON.stringify(ids)],
    });
  }
  const search = prompt === null ? null : searchPrompts(database, prompt);
  if (search !== null) dimensions.push({ index: 'images_by_prompt', ...search });
  return dimensions;
}

/** One more than `mostSorted` when there are more, and where looking would mean a walk through everything. */
function countUpTo(database: DatabaseSync, { index, sql, values }: Dimension): number {
  if (sql.startsWith('EXISTS')) return mostSorted + 1;
  const row = database
    .prepare(
      `SELECT count(*) AS count FROM (SELECT 1 FROM images INDEXED BY ${index} WHERE ${sql} LIMIT ${mostSorted + 1})`,
    )
    .get(...values);
  return numberAt(row ?? {}, 'count');
}

function all(conditions: readonly Condition[]): Condition {
  return {
    sql: ['TRUE', ...conditions.map(({ sql }) => sql)].join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}
