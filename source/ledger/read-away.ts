import type { DatabaseSync } from 'node:sqlite';
import type { FailureKind } from '../generation/failure.ts';
import { awayMsOf } from '../stats/away-time.ts';
import { numberAt } from './row.ts';

/** After these the loop asks whether the WebUI is there at all, be it a request that failed or a look. */
const awayKinds: readonly FailureKind[] = ['unreachable', 'connection-lost', 'starting', 'api-off'];

/** These concern no generation either, and say nothing about the WebUI. */
const otherKinds: readonly FailureKind[] = ['low-space', 'restart-failed'];

/** How long the WebUI was away in a run after `since` (ms since epoch), ms; `hasIncidents` tells whether there is a table of them. */
export function readAwayMs(
  database: DatabaseSync,
  runId: number,
  { since, untilAt, hasIncidents }: { since: number; untilAt: number; hasIncidents: boolean },
): number {
  const times = (sql: string): number[] =>
    database
      .prepare(sql)
      .all(runId, since)
      .map((row) => numberAt(row, 'at'));
  const incidents = (kind: string) =>
    hasIncidents ? times(`SELECT at FROM incidents WHERE run_id = ? AND at >= ? AND kind = '${kind}'`) : [];
  const failed = times(
    `SELECT at FROM failures WHERE run_id = ? AND at >= ? AND will_retry = 1
       AND (kind IN (${quoted(awayKinds)}) OR (generation_id IS NULL AND kind NOT IN (${quoted(otherKinds)})))`,
  );
  // What is planned goes out at once: that tells of the first answer too, which is no incident, and of those that are no longer kept.
  const planned = times('SELECT planned_at AS at FROM generations WHERE run_id = ? AND planned_at >= ?');
  return awayMsOf({
    awayAt: [...failed, ...incidents('restarting')],
    thereAt: [...incidents('reconnected'), ...planned],
    untilAt,
  });
}

function quoted(kinds: readonly FailureKind[]): string {
  return kinds.map((kind) => `'${kind}'`).join(', ');
}
