import type { DatabaseSync } from 'node:sqlite';
import type { Incident } from '../presentation/incident.ts';
import { numberAt, textAt } from './row.ts';

/** Writes the incidents of a run, whose own row is there; all of it throws SQLite's error. */
export type IncidentWriter = {
  /** One that is like the newest (of the same kind, for the same reason, met in the same way) is counted with it, and its action kept. */
  add(runId: number, incident: Incident): void;
};

/** A night that goes from one trouble to the next and back is told by its newest; the failures have a table of their own. */
export const mostIncidents = 2000;

/** A server's error text can be a whole page. */
const longestText = 1000;

export function createIncidentWriter(database: DatabaseSync): IncidentWriter {
  const selectNewest = database.prepare(
    'SELECT id, kind, reason, action FROM incidents WHERE run_id = ? ORDER BY id DESC LIMIT 1',
  );
  const count = database.prepare(
    'UPDATE incidents SET count = count + 1, last_at = max(last_at, ?), action = ? WHERE id = ?',
  );
  const insert = database.prepare(
    'INSERT INTO incidents (run_id, at, last_at, count, kind, reason, action) VALUES (?, ?, ?, 1, ?, ?, ?)',
  );
  const removeOldest = database.prepare(
    `DELETE FROM incidents WHERE run_id = ? AND id <= (SELECT id FROM incidents WHERE run_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
  );
  return {
    add(runId, { at, kind, ...texts }) {
      const reason = texts.reason.slice(0, longestText);
      const action = texts.action.slice(0, longestText);
      const newest = selectNewest.get(runId);
      if (newest?.kind === kind && newest.reason === reason && isSameWay(textAt(newest, 'action'), action)) {
        count.run(at, action, numberAt(newest, 'id'));
        return;
      }
      insert.run(runId, at, at, kind, reason, action);
      removeOldest.run(runId, runId, mostIncidents);
    },
  };
}

/** Longer and longer waits are one way to meet a trouble; what else was tried against it must not be lost behind them. */
function isSameWay(one: string, other: string): boolean {
  return one.split(' after ')[0] === other.split(' after ')[0];
}
