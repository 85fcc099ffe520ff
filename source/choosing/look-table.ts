import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { PictureLook } from '../gallery/look-at-picture.ts';
import { numberAt, type Row, textAt } from '../ledger/row.ts';

/** A picture that was looked at. */
export type Looked = {
  readonly id: number;
  /** Absolute, where it was last seen. */
  readonly path: string;
  readonly savedAt: number;
  readonly hash: bigint;
  readonly isDuplicate: boolean;
};

/** Hashes that differ in three bits at most have one of four parts in common. */
const bandCount = 4;
const bandLength = 16n;

/** So many alike are known to be alike; the oldest count. */
const mostCandidates = 500;

/** Reads and writes what was seen, the writing inside a transaction that the caller begins; all of it throws SQLite's error. */
export function createLookTable(database: DatabaseSync) {
  return {
    write(id: number, { isBlack, hash }: PictureLook, at: number): void {
      const bytes = hash === null ? null : toBytes(hash);
      database
        .prepare('UPDATE main.files SET looked_at = ?, is_black = ?, hash = ? WHERE id = ?')
        .run(at, isBlack ? 1 : 0, bytes, id);
      const insert = database.prepare(
        'INSERT INTO main.hash_bands (band, file_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
      );
      if (hash !== null) for (const band of bandsOf(hash)) insert.run(band, id);
    },
    markDuplicate: (id: number, originalId: number) =>
      void database.prepare('UPDATE main.files SET near_id = ? WHERE id = ?').run(originalId, id),
    /** Those whose hash may be close, oldest first; rejected ones are not compared with. */
    withCloseHash: (hash: bigint): Looked[] =>
      database
        .prepare(
          `SELECT id, folder, name, saved_at, hash, near_id IS NOT NULL AS is_duplicate FROM main.files
           WHERE id IN (SELECT file_id FROM main.hash_bands WHERE band IN (SELECT value FROM json_each(?))) AND verdict <> 'rejected'
           ORDER BY saved_at, id LIMIT ${mostCandidates}`,
        )
        .all(JSON.stringify(bandsOf(hash)))
        .map(toLooked),
  };
}

function bandsOf(hash: bigint): number[] {
  const mask = (1n << bandLength) - 1n;
  return Array.from({ length: bandCount }, (_, index) => {
    const value = (hash >> (BigInt(index) * bandLength)) & mask;
    return index * 2 ** 16 + Number(value);
  });
}

function toBytes(hash: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(hash);
  return bytes;
}

function toLooked(row: Row): Looked {
  const { hash } = row;
  if (!(hash instanceof Uint8Array)) throw new TypeError('A picture of the choices has no hash.');
  return {
    id: numberAt(row, 'id'),
    path: join(textAt(row, 'folder'), textAt(row, 'name')),
    savedAt: numberAt(row, 'saved_at'),
    hash: Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).readBigUInt64BE(),
    isDuplicate: row.is_duplicate === 1,
  };
}
