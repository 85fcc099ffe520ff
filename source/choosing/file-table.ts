import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { numberAt, numberOrNullAt, type Row, textAt, textOrNullAt } from '../ledger/row.ts';
import type { Choice, Look } from '../presentation/choosing.ts';
import type { FileFacts } from './read-facts.ts';

/** The folder that rejected files are moved to, beside the images: a move there never leaves the file system. */
export const trashFolder = '.sdloop-trash';

/** A file about which something was decided or seen. */
export type KnownFile = {
  readonly id: number;
  /** Absolute: where it was last seen, or where it goes back to. */
  readonly place: string;
  /** Absolute; null unless it is rejected. */
  readonly trashPath: string | null;
  readonly isPurged: boolean;
  readonly byteCount: number;
  readonly savedAt: number;
  readonly seed: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly fingerprint: Uint8Array;
  readonly choice: Choice;
  /** Before it was rejected. */
  readonly choiceBefore: Choice;
  readonly rejectedAt: number | null;
  readonly look: Look | null;
};

/** The ledger's own facts of an image. */
export type LedgerFacts = { readonly seed: number; readonly savedAt: number; readonly name: string };

/** Reads and writes the rows of files; writing is done inside a transaction that the caller begins. All of it throws SQLite's error. */
export type FileTable = ReturnType<typeof createFileTable>;

export function createFileTable(database: DatabaseSync) {
  const columns = `files.*, near.folder AS near_folder, near.name AS near_name`;
  const from = `main.files AS files LEFT JOIN main.files AS near ON near.id = files.near_id AND near.verdict <> 'rejected'`;
  const select = (where: string) => database.prepare(`SELECT ${columns} FROM ${from} WHERE ${where}`);
  const byPlace = select(
    `files.folder = ? AND files.name = ? AND files.verdict <> 'rejected' ORDER BY files.id DESC LIMIT 1`,
  );
  const byTrash = select(
    'files.folder = ? AND files.trash_name = ? AND files.purged_at IS NULL ORDER BY files.id DESC LIMIT 1',
  );
  const bySize = database.prepare('SELECT 1 FROM main.files WHERE byte_count = ? LIMIT 1');
  const byContent = select(
    'files.byte_count = ? AND files.fingerprint = ? AND files.purged_at IS NULL ORDER BY files.id',
  );
  const byIds = select('files.id IN (SELECT value FROM json_each(?))');
  const rejected = select(
    `files.verdict = 'rejected' AND files.purged_at IS NULL ORDER BY files.rejected_at DESC, files.id DESC`,
  );
  const decided = database.prepare(
    `SELECT folder, name, verdict, stars FROM main.files WHERE verdict <> 'undecided' ORDER BY id`,
  );
  const insert = database.prepare(
    `INSERT INTO main.files (folder, name, byte_count, saved_at, fingerprint, seed, width, height, ledger_seed, ledger_saved_at, ledger_name)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const move = database.prepare('UPDATE main.files SET folder = ?, name = ?, saved_at = ? WHERE id = ?');
  const decide = database.prepare(
    `UPDATE main.files SET verdict = ?, stars = ?, trash_name = NULL, rejected_at = NULL WHERE id = ?`,
  );
  const reject = database.prepare(
    `UPDATE main.files SET verdict_before = verdict, stars_before = stars, verdict = 'rejected', stars = 0, trash_name = ?, rejected_at = ?
     WHERE id = ? AND verdict <> 'rejected'`,
  );
  const remember = database.prepare(
    'UPDATE main.files SET verdict_before = ?, stars_before = ? WHERE id = ?',
  );
  const purge = database.prepare('UPDATE main.files SET purged_at = ? WHERE id = ?');

  const first = (row: Row | undefined) => (row === undefined ? null : toFile(row));

  return {
    atPlace: (path: string) => first(byPlace.get(dirname(path), basename(path))),
    inTrash: (path: string) => first(byTrash.get(dirname(dirname(path)), basename(path))),
    hasSize: (byteCount: number) => bySize.get(byteCount) !== undefined,
    withContent: (byteCount: number, fingerprint: Uint8Array) =>
      byContent.all(byteCount, fingerprint).map(toFile),
    withIds: (ids: readonly number[]) => byIds.all(JSON.stringify(ids)).map(toFile),
    rejected: () => rejected.all().map(toFile),
    /** By their places; where several files had one, the newest counts. */
    decided: () =>
      new Map(
        decided.all().map((row) => [
          join(textAt(row, 'folder'), textAt(row, 'name')),
          // The schema takes no other words.
          { verdict: textAt(row, 'verdict') as Choice['verdict'], stars: numberAt(row, 'stars') },
        ]),
      ),
    add(path: string, facts: FileFacts, ledger: LedgerFacts | null): number {
      const { byteCount, savedAt, fingerprint, seed, width, height } = facts;
      const own = [dirname(path), basename(path), byteCount, savedAt, fingerprint, seed, width, height];
      const added = insert.run(...own, ledger?.seed ?? null, ledger?.savedAt ?? null, ledger?.name ?? null);
      return Number(added.lastInsertRowid);
    },
    move: (id: number, path: string, savedAt: number) =>
      void move.run(dirname(path), basename(path), savedAt, id),
    decide: (id: number, { verdict, stars }: Choice) => void decide.run(verdict, stars, id),
    reject: (id: number, trashName: string, at: number) => void reject.run(trashName, at, id),
    /** What a file goes back to when it is taken out of the trash. */
    remember: (id: number, { verdict, stars }: Choice) => void remember.run(verdict, stars, id),
    purge: (id: number, at: number) => void purge.run(at, id),
  };
}

function toFile(row: Row): KnownFile {
  const folder = textAt(row, 'folder');
  const trashName = textOrNullAt(row, 'trash_name');
  const { fingerprint } = row;
  if (!(fingerprint instanceof Uint8Array)) throw new TypeError('A file of the choices has no fingerprint.');
  return {
    id: numberAt(row, 'id'),
    place: join(folder, textAt(row, 'name')),
    trashPath: trashName === null ? null : join(folder, trashFolder, trashName),
    isPurged: row.purged_at !== null,
    byteCount: numberAt(row, 'byte_count'),
    savedAt: numberAt(row, 'saved_at'),
    seed: numberOrNullAt(row, 'seed'),
    width: numberOrNullAt(row, 'width'),
    height: numberOrNullAt(row, 'height'),
    fingerprint,
    // The schema takes no other words.
    choice: { verdict: textAt(row, 'verdict') as Choice['verdict'], stars: numberAt(row, 'stars') },
    choiceBefore: {
      verdict: textAt(row, 'verdict_before') as Choice['verdict'],
      stars: numberAt(row, 'stars_before'),
    },
    rejectedAt: numberOrNullAt(row, 'rejected_at'),
    look: toLook(row),
  };
}

function toLook(row: Row): Look | null {
  if (row.looked_at === null) return null;
  const folder = textOrNullAt(row, 'near_folder');
  const name = textOrNullAt(row, 'near_name');
  return {
    isBlack: row.is_black === 1,
    nearDuplicateOf: folder === null || name === null ? null : join(folder, name),
  };
}
