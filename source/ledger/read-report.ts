import type { DatabaseSync } from 'node:sqlite';
import type { IncidentKind } from '../presentation/incident.ts';
import type { CountedIncident, Report } from '../presentation/report.ts';
import { type ImageCount, ratesOf, slowestAndFastestHour } from '../stats/image-counts.ts';
import type { NotMade } from '../stats/not-made.ts';
import type { LoopMemory } from './ledger.ts';
import { readAwayMs } from './read-away.ts';
import { readNotMade } from './read-not-made.ts';
import { numberAt, numberOrNullAt, type Row, textAt, textOrNullAt } from './row.ts';

/** Columns of a graph that fit beside their scale into 80 columns. */
const mostSteps = 60;

/** Images are counted in steps that fit into every step of the graph and into every hour, ms. */
const finestMs = 5_000;
const usualMs = 60_000;
const shortRunMs = 3_600_000;

/** What is asked for: the newest run, or what happened since a time in all of them. */
type Scope = {
  readonly sql: Readonly<Record<'runs' | 'generations' | 'images' | 'failures' | 'incidents', string>>;
  readonly values: number[];
  readonly imageValues: number[];
};

/** What the newest run came to, or all that happened since then (ms since epoch); null where there was no run. Throws SQLite's error. */
export function readReport(database: DatabaseSync, since: number | null): Report | null {
  const newest = database.prepare('SELECT * FROM runs ORDER BY id DESC LIMIT 1').get();
  if (!newest) return null;
  const scope = since === null ? runScope(database, numberAt(newest, 'id')) : timeScope(since);
  const span = readSpan(database, scope, since);
  if (span === null) return null;
  const { fromAt, untilAt } = span;
  const images = readImages(database, scope, untilAt - fromAt);
  const memory: LoopMemory = JSON.parse(textAt(newest, 'memory'));
  return {
    ...span,
    ending: endingOf(textOrNullAt(newest, 'ending'), memory),
    url: textAt(newest, 'url'),
    version: textOrNullAt(newest, 'version'),
    plan: memory.plan,
    ...readGenerations(database, scope),
    retryCount: count(
      database,
      `failures WHERE ${scope.sql.failures} AND will_retry = 1 AND generation_id IS NOT NULL`,
      scope.values,
    ),
    imageCount: sum(images, ({ imageCount }) => imageCount),
    byteCount: sum(images, ({ byteCount }) => byteCount),
    chart: ratesOf(images, { fromAt, untilAt, mostSteps }),
    hours: slowestAndFastestHour(images, {
      fromAt,
      untilAt,
      zoneOffsetMs: -new Date(fromAt).getTimezoneOffset() * 60_000,
    }),
    checkpoints: byCheckpoint(database, images),
    folders: byFolder(database, images),
    awayMs: awayMs(database, scope, fromAt),
    incidents: readIncidents(database, scope),
  };
}

/** One that was ended may have left something for the next runner to look for. */
function endingOf(ending: string | null, memory: LoopMemory): Report['ending'] {
  if (ending === 'ended' || ending === 'cut-off') return ending;
  return memory.ended === 'asked' ? 'ended' : null;
}

/** A run's generations have ids in a row: one runner writes at a time. */
function runScope(database: DatabaseSync, runId: number): Scope {
  const range =
    database
      .prepare('SELECT min(id) AS first, max(id) AS last FROM generations WHERE run_id = ?')
      .get(runId) ?? {};
  const run = 'run_id = ?';
  return {
    sql: {
      runs: 'id = ?',
      generations: run,
      images: 'generation_id BETWEEN ? AND ?',
      failures: run,
      incidents: run,
    },
    values: [runId],
    imageValues: [numberOrNullAt(range, 'first') ?? 0, numberOrNullAt(range, 'last') ?? -1],
  };
}

function timeScope(since: number): Scope {
  return {
    sql: {
      runs: 'last_at >= ?',
      generations: 'planned_at >= ?',
      images: 'saved_at >= ?',
      failures: 'at >= ?',
      incidents: 'last_at >= ?',
    },
    values: [since],
    imageValues: [since],
  };
}

function readSpan(database: DatabaseSync, { sql, values }: Scope, since: number | null) {
  const row =
    database
      .prepare(
        `SELECT count(*) AS count, min(started_at) AS from_at, max(last_at) AS until_at FROM runs WHERE ${sql.runs}`,
      )
      .get(...values) ?? {};
  const fromAt = numberOrNullAt(row, 'from_at');
  const untilAt = numberOrNullAt(row, 'until_at');
  if (fromAt === null || untilAt === null) return null;
  return { fromAt: Math.max(fromAt, since ?? fromAt), untilAt, runCount: numberAt(row, 'count') };
}

type Images = ImageCount & {
  readonly folderId: number;
  readonly checkpointId: number;
  readonly byteCount: number;
  readonly durationMs: number;
};

function readImages(database: DatabaseSync, { sql, imageValues }: Scope, spanMs: number): Images[] {
  const stepMs = spanMs < shortRunMs ? finestMs : usualMs;
  const rows = database
    .prepare(
      `SELECT saved_at / ${stepMs} AS step, folder_id, checkpoint_id, count(*) AS count, total(byte_count) AS bytes, total(duration_ms) AS ms
       FROM images WHERE ${sql.images} GROUP BY step, folder_id, checkpoint_id`,
    )
    .all(...imageValues);
  return rows.map((row) => ({
    at: numberAt(row, 'step') * stepMs,
    folderId: numberAt(row, 'folder_id'),
    checkpointId: numberAt(row, 'checkpoint_id'),
    imageCount: numberAt(row, 'count'),
    byteCount: numberAt(row, 'bytes'),
    durationMs: numberAt(row, 'ms'),
  }));
}

function readGenerations(
  database: DatabaseSync,
  { sql, values }: Scope,
): NotMade & Pick<Report, 'generationCount' | 'activeMs' | 'gpuIdleMs'> {
  const row =
    database
      .prepare(
        `SELECT total(outcome = 'finished') AS finished, total(duration_ms) AS ms, total(gpu_idle_ms) AS idle
         FROM generations WHERE ${sql.generations}`,
      )
      .get(...values) ?? {};
  const gpuIdleMs = numberAt(row, 'idle');
  return {
    generationCount: numberAt(row, 'finished'),
    ...readNotMade(database, sql.generations, values),
    activeMs: numberAt(row, 'ms') + gpuIdleMs,
    gpuIdleMs,
  };
}

function byCheckpoint(database: DatabaseSync, images: readonly Images[]): Report['checkpoints'] {
  const title = database.prepare('SELECT title FROM checkpoints WHERE id = ?');
  return [...Map.groupBy(images, ({ checkpointId }) => checkpointId)]
    .map(([id, own]) => {
      const imageCount = sum(own, (each) => each.imageCount);
      const msPerImage = sum(own, ({ durationMs }) => durationMs) / imageCount;
      return { title: textAt(title.get(id) ?? {}, 'title'), imageCount, msPerImage };
    })
    .sort((one, other) => other.imageCount - one.imageCount);
}

function byFolder(database: DatabaseSync, images: readonly Images[]): Report['folders'] {
  const path = database.prepare('SELECT path FROM folders WHERE id = ?');
  return [...Map.groupBy(images, ({ folderId }) => folderId)]
    .map(([id, own]) => ({
      path: textAt(path.get(id) ?? {}, 'path'),
      fileCount: sum(own, ({ imageCount }) => imageCount),
      byteCount: sum(own, ({ byteCount }) => byteCount),
      lastAt: Math.max(...own.map(({ at }) => at)),
    }))
    .sort((one, other) => other.lastAt - one.lastAt)
    .map(({ lastAt: _, ...folder }) => folder);
}

function awayMs(database: DatabaseSync, { sql, values }: Scope, since: number): number {
  const runs = database.prepare(`SELECT id, last_at FROM runs WHERE ${sql.runs}`).all(...values);
  return sum(runs, (run) =>
    readAwayMs(database, numberAt(run, 'id'), {
      since,
      untilAt: numberAt(run, 'last_at'),
      hasIncidents: hasIncidents(database),
    }),
  );
}

/** A ledger that no newer runner has opened yet has no such table. */
function hasIncidents(database: DatabaseSync): boolean {
  return count(database, "sqlite_master WHERE type = 'table' AND name = 'incidents'", []) > 0;
}

function readIncidents(database: DatabaseSync, { sql, values }: Scope): CountedIncident[] {
  if (!hasIncidents(database)) return [];
  return database
    .prepare(`SELECT * FROM incidents WHERE ${sql.incidents} ORDER BY id`)
    .all(...values)
    .map((row) => ({
      at: numberAt(row, 'at'),
      lastAt: numberAt(row, 'last_at'),
      count: numberAt(row, 'count'),
      // Only incidents of this program are written there.
      kind: textAt(row, 'kind') as IncidentKind,
      reason: textAt(row, 'reason'),
      action: textAt(row, 'action'),
    }));
}

function count(database: DatabaseSync, from: string, values: readonly number[]): number {
  const row: Row = database.prepare(`SELECT count(*) AS count FROM ${from}`).get(...values) ?? {};
  return numberAt(row, 'count');
}

function sum<T>(values: readonly T[], read: (value: T) => number): number {
  return values.reduce((total, value) => total + read(value), 0);
}
