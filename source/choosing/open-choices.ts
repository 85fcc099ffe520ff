import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../ledger/open-database.ts';
import { numberAt } from '../ledger/row.ts';
import type { Trouble } from '../presentation/choosing.ts';
import { makeDirectory } from '../settings/make-directory.ts';
import { choicesMigrations, choicesVersion } from './choices-schema.ts';
import { toTrouble } from './trouble.ts';

/**
 * The part of a profile's ledger that persons write, by the side of the runner's own. A lock of theirs never meets the runner, which waits
 * for none, and a ledger that the runner has to set aside takes nothing with it that a person would have to decide again.
 */
export function choicesPath(directory: string): string {
  return join(directory, 'choices.sqlite');
}

/** How long another screen or command is waited for, ms. */
const patienceMs = 3000;

/** Opens the choices in a profile's state directory, made or brought to the newest schema where needed, for this user alone. */
export function openChoices(
  directory: string,
): { readonly ok: true; readonly database: DatabaseSync } | Trouble {
  const path = choicesPath(directory);
  let database: DatabaseSync | null = null;
  try {
    prepareFile(path);
    database = new DatabaseSync(path, { timeout: patienceMs });
    const version = versionOf(database);
    if (version > choicesVersion) {
      database.close();
      return {
        ok: false,
        reason: `The choices in ${path} were made by a newer sdloop; update this one, or move the file away.`,
      };
    }
    // Pictures are looked at again, a decision is not made again: each is on the disk before it is told as done.
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;',
    );
    if (version < choicesVersion) migrate(database);
    return { ok: true, database };
  } catch (error) {
    if (database?.isOpen) database.close();
    return toTrouble(error, path);
  }
}

function versionOf(database: DatabaseSync): number {
  return numberAt(database.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
}

/** Two screens may open it at the same time: the second one finds it done. */
function migrate(database: DatabaseSync): void {
  inTransaction(database, () => {
    for (const step of choicesMigrations.slice(versionOf(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${choicesVersion}`);
  });
}

function prepareFile(path: string): void {
  makeDirectory(dirname(path), 0o700);
  const stats = statSync(path, { throwIfNoEntry: false });
  // Closing any descriptor of the file would drop the locks that this process holds on it: only where it is made.
  if (stats === undefined) closeSync(openSync(path, 'a', 0o600));
  else if ((stats.mode & 0o777) !== 0o600) chmodSync(path, 0o600);
}
