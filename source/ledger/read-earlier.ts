import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { NotMade } from '../stats/not-made.ts';
import type { CutOffRun } from './ledger.ts';
import { readNotMade } from './read-not-made.ts';
import { numberAt, textAt } from './row.ts';

/** Files of older images are known by their infotext alone: so many are enough for what a list shows first. */
const mostImages = 1000;

/** What the graph of the rate shows at most, ms, and how many generations of a second each that is. */
const graphMs = 80 * 60_000;
const mostGenerations = 5000;

/** What a run's generations tell of it besides its counts; `token` names the run. Throws SQLite's error. */
export function readEarlier(
  database: DatabaseSync,
  token: string,
): NotMade & Pick<CutOffRun, 'activeMs' | 'recentImages' | 'recentGenerations'> {
  const active = database
    .prepare(
      `SELECT total(duration_ms) + total(generations.gpu_idle_ms) AS ms
       FROM generations JOIN runs ON runs.id = run_id WHERE token = ?`,
    )
    .get(token);
  const images = database
    .prepare(
      `SELECT path, name, number, seed, images.duration_ms
       FROM images
       JOIN generations ON generations.id = generation_id
       JOIN runs ON runs.id = run_id
       JOIN folders ON folders.id = folder_id
       WHERE token = ? ORDER BY images.id DESC LIMIT ?`,
    )
    .all(token, mostImages);
  const generations = database
    .prepare(
      `SELECT generations.ended_at, duration_ms + generations.gpu_idle_ms AS span_ms, landed_count
       FROM generations JOIN runs ON runs.id = run_id
       WHERE token = ? AND outcome = 'finished' AND generations.ended_at > last_at - ?
       ORDER BY generations.id DESC LIMIT ?`,
    )
    .all(token, graphMs, mostGenerations);
  return {
    ...readNotMade(database, 'run_id = (SELECT id FROM runs WHERE token = ?)', [token]),
    activeMs: active ? numberAt(active, 'ms') : 0,
    recentGenerations: generations.reverse().map((generation) => ({
      endedAt: numberAt(generation, 'ended_at'),
      spanMs: numberAt(generation, 'span_ms'),
      imageCount: numberAt(generation, 'landed_count'),
    })),
    recentImages: images.map((image) => ({
      path: join(textAt(image, 'path'), textAt(image, 'name')),
      generationId: numberAt(image, 'number'),
      seed: numberAt(image, 'seed'),
      durationMs: numberAt(image, 'duration_ms'),
    })),
  };
}
