import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { ImageFilter } from '../presentation/image-facts.ts';
import type { Report } from '../presentation/report.ts';
import { createLedgerInspection, type LedgerInspection } from './ledger-inspection.ts';
import { type LedgerTrouble, ledgerTrouble, toLedgerTrouble } from './ledger-trouble.ts';
import { type LedgerImage, listLedgerImages } from './list-ledger-images.ts';
import { newerSchema, schemaVersionOf } from './open-database.ts';
import { ledgerPath } from './open-ledger.ts';
import { readReport } from './read-report.ts';
import { schemaVersion } from './schema.ts';

/** The ledger as another process than the runner reads it, while the runner writes. */
export type LedgerReader = LedgerInspection & {
  hasImages(): boolean;
  /** Newest first, read as they are asked for; ends early where the file fails, which `trouble` then tells. */
  listImages(filter: ImageFilter): Generator<LedgerImage>;
  /** The newest run, or all that happened since then (ms since epoch); null where there is none, or where the file fails. */
  report(since: number | null): Report | null;
  trouble(): LedgerTrouble | null;
  close(): void;
};

export type LedgerReading =
  | { readonly ok: true; readonly reader: LedgerReader }
  | { readonly ok: false; readonly trouble: LedgerTrouble };

/** A reader meets a lock only while the log is brought in order after a crash, ms. */
const patienceMs = 2000;

/** Opens the ledger in a profile's state directory for reading; whatever is the matter with it is a value. */
export function openLedgerReader(directory: string): LedgerReading {
  const path = ledgerPath(directory);
  let database: DatabaseSync | null = null;
  const fail = (trouble: LedgerTrouble): LedgerReading => {
    if (database?.isOpen) database.close();
    return { ok: false, trouble };
  };
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return fail(ledgerTrouble('absent', path, ''));
    if (!stats.isFile()) return fail(ledgerTrouble('broken', path, 'not a regular file'));
    database = new DatabaseSync(path, { readOnly: true, timeout: patienceMs });
    const version = schemaVersionOf(database);
    if (version === 0) return fail(ledgerTrouble('absent', path, ''));
    if (version > schemaVersion) return fail(newerSchema(path, version));
    return { ok: true, reader: createReader(database, path) };
  } catch (error) {
    return fail(toLedgerTrouble(error, path));
  }
}

function createReader(database: DatabaseSync, path: string): LedgerReader {
  let trouble: LedgerTrouble | null = null;

  function* guard<T>(rows: () => Iterable<T>): Generator<T> {
    try {
      yield* rows();
    } catch (error) {
      trouble = toLedgerTrouble(error, path);
    }
  }

  return {
    ...createLedgerInspection(database, guard),
    hasImages: () => [...guard(() => database.prepare('SELECT id FROM images LIMIT 1').all())].length > 0,
    listImages: (filter) => guard(() => listLedgerImages(database, filter)),
    report: (since) => [...guard(() => [readReport(database, since)])][0] ?? null,
    trouble: () => trouble,
    close: () => database.close(),
  };
}
