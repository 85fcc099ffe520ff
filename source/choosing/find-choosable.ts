import type { DatabaseSync } from 'node:sqlite';
import { imageCondition, selectImages } from '../ledger/image-selection.ts';
import type { Condition } from '../ledger/prompt-search.ts';
import { numberAt } from '../ledger/row.ts';
import type { ChoosingFilter, ChoosingWindow } from '../presentation/choosing.ts';
import {
  both,
  decidedCondition,
  hiddenCondition,
  hiddenVerdicts,
  ledgerFilter,
  nameCondition,
} from './choosable-conditions.ts';

/** An image of the ledger, a file, or both. */
export type Place = { readonly imageId: number | null; readonly fileId: number | null };

type Slice = { readonly totalCount: number; readonly firstIndex: number; readonly places: readonly Place[] };

/** Cuts a window out of what was found. */
export type Found = (firstIndex: number, count: number) => Slice;

/** Finds out which images are wanted, in the way that is the quickest. Throws SQLite's error. */
export function findChoosable(
  database: DatabaseSync,
  { filter, sort }: ChoosingWindow,
  hasLedger: boolean,
): Found {
  const isDecided =
    sort === 'best' ||
    filter.minStars > 0 ||
    filter.look !== null ||
    filter.verdict === 'kept' ||
    filter.verdict === 'rejected';
  if (isDecided) return findDecided(database, filter, sort, hasLedger);
  return hasLedger ? findAmongAll(database, filter) : () => ({ totalCount: 0, firstIndex: 0, places: [] });
}

/** Begins at what was decided, which is little beside all there is; files that the ledger does not know are among it. */
function findDecided(
  database: DatabaseSync,
  filter: ChoosingFilter,
  sort: ChoosingWindow['sort'],
  hasLedger: boolean,
): Found {
  const minStars = Math.max(filter.minStars, sort === 'best' ? 1 : 0);
  const parts: Condition[] = [];
  if (hasLedger) {
    const images = both(imageCondition(database, ledgerFilter(filter)), nameCondition('images.name', filter));
    const chosen = decidedCondition(filter, minStars, {
      verdict: 'chosen_verdict',
      stars: 'chosen_stars',
      black: 'black',
      near: 'near',
    });
    const join = images.sql === 'TRUE' ? '' : 'CROSS JOIN images ON images.id = image_id';
    parts.push({
      sql: `SELECT image_id, file_id, at AS time, chosen_stars AS stars FROM temp.chosen ${join}
        WHERE ${chosen.sql} AND ${images.sql}`,
      values: [...chosen.values, ...images.values],
    });
  }
  // Their prompts and checkpoints are in the files alone.
  if (filter.model === null && filter.prompt === null) {
    const own = both(
      decidedCondition(filter, minStars, {
        verdict: 'verdict',
        stars: 'stars',
        black: 'coalesce(is_black, 0)',
        near: '(near_id IS NOT NULL)',
      }),
      nameCondition('files.name', filter),
    );
    parts.push({
      sql: `SELECT NULL AS image_id, id AS file_id, saved_at AS time, stars FROM main.files AS files
        WHERE purged_at IS NULL AND id NOT IN (SELECT file_id FROM temp.chosen) AND ${own.sql}
          AND (? IS NULL OR saved_at >= ?) AND (? IS NULL OR seed = ?)`,
      values: [...own.values, filter.since, filter.since, filter.seed, filter.seed] as (string | number)[],
    });
  }
  if (parts.length === 0) return () => ({ totalCount: 0, firstIndex: 0, places: [] });
  const order = sort === 'best' ? 'stars DESC, time DESC, file_id DESC' : 'time DESC, file_id DESC';
  const sql = parts.map((part) => part.sql).join(' UNION ALL ');
  // As two texts: a row each would take several times as long.
  const row = database
    .prepare(
      `SELECT json_group_array(image_id) AS images, json_group_array(file_id) AS files FROM (${sql} ORDER BY ${order})`,
    )
    .get(...parts.flatMap(({ values }) => values));
  const imageIds: (number | null)[] = JSON.parse(String(row?.images ?? '[]'));
  const fileIds: number[] = JSON.parse(String(row?.files ?? '[]'));
  const places = fileIds.map((fileId, index) => ({ imageId: imageIds[index] ?? null, fileId }));
  return (firstIndex, count) => {
    const first = Math.max(0, Math.min(firstIndex, places.length - count));
    return { totalCount: places.length, firstIndex: first, places: places.slice(first, first + count) };
  };
}

/** Begins at the ledger, and leaves out what was decided otherwise. */
function findAmongAll(database: DatabaseSync, filter: ChoosingFilter): Found {
  const hidden = hiddenCondition(filter);
  const selected = selectImages(database, ledgerFilter(filter));
  if (selected.kind === 'few' || filter.name !== null) {
    const listed: Condition =
      selected.kind === 'few'
        ? { sql: 'images.id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(selected.ids)] }
        : selected.condition;
    const ids = idsOf(database, both(both(listed, nameCondition('images.name', filter)), hidden));
    return (firstIndex, count) => {
      const first = Math.max(0, Math.min(firstIndex, ids.length - count));
      return {
        totalCount: ids.length,
        firstIndex: first,
        places: ids.slice(first, first + count).map(toPlace),
      };
    };
  }
  const wanted = both(selected.condition, hidden);
  // Reading the table as it lies is quicker than going from one of several indexes to its rows.
  const isTogether = Object.values(ledgerFilter(filter)).filter((value) => value !== null).length > 1;
  const matchCount = countOf(database, selected.condition, isTogether);
  // A walk need not ask what is true of every image.
  const isAll = matchCount === countOf(database, { sql: 'TRUE', values: [] });
  const condition = isAll ? hidden : wanted;
  const totalCount = matchCount - hiddenCount(database, filter, isAll ? null : selected.condition);
  return (firstIndex, count) => {
    const first = Math.max(0, Math.min(firstIndex, totalCount - count));
    return {
      totalCount,
      firstIndex: first,
      places: walk(database, condition, { first, count, totalCount }).map(toPlace),
    };
  };
}

/** From the nearer end. */
function walk(
  database: DatabaseSync,
  { sql, values }: Condition,
  {
    first,
    count,
    totalCount,
  }: { readonly first: number; readonly count: number; readonly totalCount: number },
): number[] {
  const rest = totalCount - first - count;
  const isFromEnd = rest < first;
  const wantedCount = Math.min(count, totalCount - first);
  const order = isFromEnd ? 'saved_at, id' : 'saved_at DESC, id DESC';
  const rows = database
    .prepare(
      `SELECT id FROM images INDEXED BY images_by_time WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?`,
    )
    .all(...values, wantedCount, isFromEnd ? Math.max(0, rest) : first);
  const ids = rows.map((row) => numberAt(row, 'id'));
  return isFromEnd ? ids.reverse() : ids;
}

/** All of them as one text: a row each would take several times as long. Reading the table in its own order is quicker than by time. */
function idsOf(database: DatabaseSync, { sql, values }: Condition): number[] {
  const row = database
    .prepare(
      `SELECT json_group_array(id) AS ids FROM (SELECT id FROM images NOT INDEXED WHERE ${sql} ORDER BY saved_at DESC, id DESC)`,
    )
    .get(...values);
  return JSON.parse(String(row?.ids ?? '[]'));
}

function countOf(database: DatabaseSync, { sql, values }: Condition, isAsItLies = false): number {
  const images = isAsItLies ? 'images NOT INDEXED' : 'images';
  const row = database.prepare(`SELECT count(*) AS count FROM ${images} WHERE ${sql}`).get(...values);
  return numberAt(row ?? {}, 'count');
}

function hiddenCount(
  database: DatabaseSync,
  { verdict }: ChoosingFilter,
  condition: Condition | null,
): number {
  const from = condition === null ? '' : 'CROSS JOIN images ON images.id = image_id';
  const row = database
    .prepare(
      `SELECT count(*) AS count FROM temp.chosen ${from} WHERE ${hiddenVerdicts(verdict)} AND ${condition?.sql ?? 'TRUE'}`,
    )
    .get(...(condition?.values ?? []));
  return numberAt(row ?? {}, 'count');
}

function toPlace(imageId: number): Place {
  return { imageId, fileId: null };
}
