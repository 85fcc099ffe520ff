import { basename, dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { numberAt, textAt } from '../ledger/row.ts';
import type { LedgerFacts } from './file-table.ts';
import type { FileFacts } from './read-facts.ts';

/** A loop over one seed makes thousands of files with it; further back nothing is looked for by content alone. */
const mostCandidates = 5000;

/**
 * Which image of the ledger a file is: of its seed and its bytes' number, the one of its place, else of its name, else the only one there
 * is. Null where none is, or where it cannot be told. Throws SQLite's error.
 */
export function findLedgerFacts(database: DatabaseSync, path: string, facts: FileFacts): LedgerFacts | null {
  if (facts.seed === null) return findByPlace(database, path, facts);
  const rows = database
    .prepare(
      `SELECT saved_at, images.name, path FROM ledger.images AS images JOIN ledger.folders AS folders ON folders.id = folder_id
       WHERE seed = ? AND byte_count = ? ORDER BY saved_at DESC LIMIT ${mostCandidates}`,
    )
    .all(facts.seed, facts.byteCount);
  const named = rows.filter((row) => row.name === basename(path));
  const row =
    named.find((each) => each.path === dirname(path)) ??
    named.find((each) => each.saved_at === facts.savedAt) ??
    named[0] ??
    (rows.length === 1 ? rows[0] : undefined);
  if (row === undefined) return null;
  return { seed: facts.seed, savedAt: numberAt(row, 'saved_at'), name: textAt(row, 'name') };
}

/** A file whose name and infotext tell no seed. */
function findByPlace(database: DatabaseSync, path: string, { byteCount }: FileFacts): LedgerFacts | null {
  const row = database
    .prepare(
      `SELECT seed, saved_at FROM ledger.images WHERE folder_id = (SELECT id FROM ledger.folders WHERE path = ?)
         AND name = ? AND byte_count = ? ORDER BY id DESC LIMIT 1`,
    )
    .get(dirname(path), basename(path), byteCount);
  if (row === undefined) return null;
  return { seed: numberAt(row, 'seed'), savedAt: numberAt(row, 'saved_at'), name: basename(path) };
}
