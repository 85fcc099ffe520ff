import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** How many generations a ledger calls finished; 0 before there is one, or while it cannot be read. */
export function countFinished(path: string): number {
  if (!existsSync(path)) return 0;
  try {
    using database = new DatabaseSync(path, { readOnly: true, timeout: 1000 });
    const row = database
      .prepare("SELECT count(*) AS count FROM generations WHERE outcome = 'finished'")
      .get();
    return Number(row?.count ?? 0);
  } catch {
    return 0;
  }
}
