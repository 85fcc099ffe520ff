import type { DatabaseSync } from 'node:sqlite';
import type { FailureKind } from '../generation/failure.ts';
import type { Absence } from '../presentation/snapshot.ts';
import { nothingNotMade } from '../stats/not-made.ts';
import { readNotMade } from './read-not-made.ts';
import { numberAt, numberOrNullAt, textAt } from './row.ts';

const hourMs = 3_600_000;

/** An absence of which nothing is known. */
export function emptyAbsence(since: number, until: number): Absence {
  return { since, until, imageCount: 0, ...nothingNotMade, failures: [], slowestHour: null };
}

/** What the ledger tells of the time between, ms since epoch; throws SQLite's error. */
export function readAbsence(database: DatabaseSync, since: number, until: number): Absence {
  const count = database.prepare('SELECT count(*) AS count FROM images WHERE saved_at >= ? AND saved_at < ?');
  const failures = database.prepare(
    `SELECT kind, count(*) AS count FROM failures WHERE at >= ? AND at < ?
     GROUP BY kind ORDER BY count(*) DESC, kind`,
  );
  return {
    since,
    until,
    imageCount: numberAt(count.get(since, until) ?? {}, 'count'),
    ...readNotMade(database, 'ended_at >= ? AND ended_at < ?', [since, until]),
    failures: failures.all(since, until).map((row) => ({
      // Only failures of this program are written there.
      kind: textAt(row, 'kind') as FailureKind,
      count: numberAt(row, 'count'),
    })),
    slowestHour: readSlowestHour(database, since, until),
  };
}

/** Of whole hours on the clock, without those after the last sign of life: a loop that has ended is not slow. */
function readSlowestHour(database: DatabaseSync, since: number, until: number): Absence['slowestHour'] {
  const lastAt = numberOrNullAt(database.prepare('SELECT max(last_at) AS at FROM runs').get() ?? {}, 'at');
  if (lastAt === null) return null;
  // Half an hour off UTC where the zone is.
  const offsetMs = -new Date(since).getTimezoneOffset() * 60_000;
  const firstHour = Math.ceil((since + offsetMs) / hourMs) * hourMs - offsetMs;
  const endAt = Math.min(until, lastAt);
  if (firstHour + hourMs > endAt) return null;
  const slowest = database
    .prepare(
      `WITH RECURSIVE hours (start) AS (SELECT ? UNION ALL SELECT start + ${hourMs} FROM hours WHERE start + ${2 * hourMs} <= ?)
       SELECT start, (SELECT count(*) FROM images WHERE saved_at >= start AND saved_at < start + ${hourMs}) AS count
       FROM hours ORDER BY count, start LIMIT 1`,
    )
    .get(firstHour, endAt);
  if (!slowest) return null;
  return { startAt: numberAt(slowest, 'start'), imageCount: numberAt(slowest, 'count') };
}
