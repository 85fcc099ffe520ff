import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeDirectory } from '../settings/make-directory.ts';
import { type LedgerTrouble, ledgerTrouble, toLedgerTrouble } from './ledger-trouble.ts';
import { numberAt } from './row.ts';
import { migrations, schemaVersion } from './schema.ts';

export type OpenedDatabase =
  | { readonly ok: true; readonly database: DatabaseSync }
  | { readonly ok: false; readonly trouble: LedgerTrouble };

/** How long the start waits for a lock, ms; once the loop runs it never waits. */
const patienceMs = 500;

/** The log is cut back to this after it was carried over, bytes. */
const longestKeptLog = 16 << 20;

/**
 * Opens the ledger for writing, made or brought to the newest schema where needed: its directory for this user alone, the file too (SQLite
 * gives the files beside it the same mode). A newer schema is left as it is.
 */
export function openDatabase(path: string, options: { readonly isStart: boolean }): OpenedDatabase {
  let database: DatabaseSync | null = null;
  try {
    const problem = prepareFile(path);
    if (problem !== null) return { ok: false, trouble: ledgerTrouble('broken', path, problem) };
    const timeout = options.isStart ? patienceMs : 0;
    // A connection that could write would carry the log over when it is closed: a newer ledger is not ours to change.
    database = new DatabaseSync(path, { timeout, readOnly: true });
    const version = schemaVersionOf(database);
    database.close();
    if (version > schemaVersion) return { ok: false, trouble: newerSchema(path, version) };
    database = new DatabaseSync(path, { timeout });
    // The log is carried over by another thread (`checkpointer.ts`); what a commit writes is made durable by `log-flusher.ts`.
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0;
       PRAGMA journal_size_limit = ${longestKeptLog}; PRAGMA foreign_keys = ON;`,
    );
    if (version < schemaVersion) migrate(database, version);
    database.exec('PRAGMA busy_timeout = 0');
    return { ok: true, database };
  } catch (error) {
    if (database?.isOpen) database.close();
    return { ok: false, trouble: toLedgerTrouble(error, path) };
  }
}

/** The `user_version` of a ledger; 0 for an empty file. Throws SQLite's error for what is no database. */
export function schemaVersionOf(database: DatabaseSync): number {
  return numberAt(database.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
}

export function newerSchema(path: string, version: number): LedgerTrouble {
  return ledgerTrouble('newer', path, `schema ${version}, this one knows ${schemaVersion}`);
}

/** Runs the work in one transaction, and takes all of it back when it throws; throws SQLite's error at once where a lock is held. */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    // A full disk may have taken it back already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function migrate(database: DatabaseSync, from: number): void {
  inTransaction(database, () => {
    for (const step of migrations.slice(from)) database.exec(step);
    database.exec(`PRAGMA user_version = ${schemaVersion}`);
  });
}

/** Makes what is missing; what stands in the way, where it is no regular file. */
function prepareFile(path: string): string | null {
  const directory = dirname(path);
  makeDirectory(directory);
  if ((statSync(directory).mode & 0o777) !== 0o700) chmodSync(directory, 0o700);
  const stats = statSync(path, { throwIfNoEntry: false });
  // Before SQLite opens it: closing any descriptor of the file would drop the locks that this process holds on it.
  if (stats === undefined) closeSync(openSync(path, 'a', 0o600));
  else if (!stats.isFile()) return 'not a regular file';
  else if ((stats.mode & 0o777) !== 0o600) chmodSync(path, 0o600);
  return null;
}
