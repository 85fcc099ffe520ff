import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { ledgerPath } from '../ledger/open-ledger.ts';
import { numberAt } from '../ledger/row.ts';
import { schemaVersion } from '../ledger/schema.ts';

/**
 * The runner's ledger as it is seen beside the choices, for reading only: `images` and its other tables, and `temp.chosen`, which has the
 * images about which something was decided or seen, by their ids in this ledger.
 */
export type LedgerView = {
  /** Brings the view up to date before it is asked; false where there is no ledger. Throws SQLite's error. */
  refresh(): boolean;
  /** After files were changed by this process. */
  update(fileIds: readonly number[]): void;
  /** Grows with every change of the choices and of the ledger, by whomever. */
  revision(): number;
};

const table = `CREATE TEMP TABLE IF NOT EXISTS chosen (
  image_id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL UNIQUE, at INTEGER NOT NULL, chosen_verdict TEXT NOT NULL,
  chosen_stars INTEGER NOT NULL, black INTEGER NOT NULL, near INTEGER NOT NULL
)`;

const insertion = `INSERT OR IGNORE INTO temp.chosen
  SELECT images.id, files.id, images.saved_at, CASE WHEN purged_at IS NULL THEN verdict ELSE 'purged' END, stars, coalesce(is_black, 0), near_id IS NOT NULL
  FROM main.files AS files CROSS JOIN ledger.images AS images INDEXED BY images_by_seed
    ON images.seed = ledger_seed AND images.saved_at = ledger_saved_at AND images.name = ledger_name
  WHERE ledger_seed IS NOT NULL AND (verdict <> 'undecided' OR is_black = 1 OR near_id IS NOT NULL)`;

export function createLedgerView(database: DatabaseSync, directory: string): LedgerView {
  const path = ledgerPath(directory);
  let attached: string | null = null;
  let seen = '';
  let revision = 0;
  let isFilled = false;

  /** A runner sets a broken ledger aside and begins another one in its place. */
  function attach(): void {
    const stats = statSync(path, { throwIfNoEntry: false });
    const found = stats?.isFile() && stats.size > 0 ? `${stats.dev}:${stats.ino}` : null;
    if (found === attached) return;
    if (attached !== null) database.exec('DETACH ledger');
    attached = null;
    isFilled = false;
    revision += 1;
    if (found === null) return;
    database.prepare('ATTACH ? AS ledger').run(`${pathToFileURL(path).href}?mode=ro`);
    const version = numberAt(database.prepare('PRAGMA ledger.user_version').get() ?? {}, 'user_version');
    if (version === 0 || version > schemaVersion) {
      database.exec('DETACH ledger');
      return;
    }
    attached = found;
  }

  function versionOf(schema: 'main' | 'ledger'): number {
    return numberAt(database.prepare(`PRAGMA ${schema}.data_version`).get() ?? {}, 'data_version');
  }

  function look(): void {
    attach();
    const choices = versionOf('main');
    const now = `${choices}:${attached === null ? '' : versionOf('ledger')}`;
    if (now === seen) return;
    // Changes of this connection do not count: they come by `update`.
    if (!seen.startsWith(`${choices}:`)) isFilled = false;
    seen = now;
    revision += 1;
  }

  return {
    refresh() {
      look();
      if (!isFilled) {
        database.exec(`${table}; DELETE FROM temp.chosen`);
        if (attached !== null) database.exec(insertion);
        isFilled = true;
      }
      return attached !== null;
    },
    update(fileIds) {
      revision += 1;
      if (!isFilled) return;
      const ids = JSON.stringify(fileIds);
      const own = 'IN (SELECT value FROM json_each(?))';
      database.prepare(`DELETE FROM temp.chosen WHERE file_id ${own}`).run(ids);
      if (attached !== null) database.prepare(`${insertion} AND files.id ${own}`).run(ids);
    },
    revision() {
      look();
      return revision;
    },
  };
}
