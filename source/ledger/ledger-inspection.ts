import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { numberAt, type Row, textAt } from './row.ts';

/** What a comparison of the ledger with the disk asks it. */
export type LedgerInspection = {
  /** What SQLite finds wrong with the file, in its own words; nothing when it is sound. */
  listDamage(): Generator<string>;
  listFolders(): Generator<{ readonly id: number; readonly path: string }>;
  /** The images that were written into a folder. */
  listFiles(folderId: number): Generator<KnownFile>;
  /** The images with a seed, wherever they are. */
  listFilesOfSeed(seed: number): Generator<KnownFile & { readonly path: string }>;
  listOpenGenerations(): Generator<{
    readonly generation: number;
    /** ms since epoch. */
    readonly plannedAt: number;
    /** Whether its run has not ended: a runner may be at work on it. */
    readonly isCurrent: boolean;
  }>;
};

export type KnownFile = { readonly name: string; readonly seed: number; readonly generation: number };

/** Wraps what may fail in the middle. */
type Guard = <T>(rows: () => Iterable<T>) => Generator<T>;

const mostDamages = 20;

export function createLedgerInspection(database: DatabaseSync, guard: Guard): LedgerInspection {
  const ask = <T>(question: string, read: (row: Row) => T, ...values: number[]): Generator<T> =>
    guard(function* () {
      for (const row of database.prepare(question).iterate(...values)) yield read(row);
    });
  const images = `SELECT name, seed, number, path FROM images JOIN generations ON generations.id = generation_id
    JOIN folders ON folders.id = folder_id`;

  return {
    *listDamage() {
      const found = ask(`PRAGMA integrity_check(${mostDamages})`, (row) => textAt(row, 'integrity_check'));
      for (const text of found) if (text !== 'ok') yield text;
    },
    listFolders: () =>
      ask('SELECT id, path FROM folders ORDER BY path', (row) => ({
        id: numberAt(row, 'id'),
        path: textAt(row, 'path'),
      })),
    listFiles: (folderId) => ask(`${images} WHERE folder_id = ?`, toFile, folderId),
    listFilesOfSeed: (seed) =>
      ask(
        `${images} WHERE seed = ? ORDER BY images.id`,
        (row) => ({ ...toFile(row), path: join(textAt(row, 'path'), textAt(row, 'name')) }),
        seed,
      ),
    listOpenGenerations: () =>
      ask(
        `SELECT number, planned_at, runs.ended_at IS NULL AS is_current FROM generations JOIN runs ON runs.id = run_id
         WHERE outcome IS NULL ORDER BY generations.id`,
        (row) => ({
          generation: numberAt(row, 'number'),
          plannedAt: numberAt(row, 'planned_at'),
          isCurrent: numberAt(row, 'is_current') === 1,
        }),
      ),
  };
}

function toFile(row: Row): KnownFile {
  return { name: textAt(row, 'name'), seed: numberAt(row, 'seed'), generation: numberAt(row, 'number') };
}
