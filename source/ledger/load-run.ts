import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { FollowedRun, ImageNotice, OpenGeneration } from './followed-run.ts';
import type { LoopMemory } from './ledger.ts';
import { parsePlanned } from './planned-text.ts';
import { numberAt, numberOrNullAt, textAt, textOrNullAt } from './row.ts';

/** The newest run as the ledger knows it; null when there is none. Throws SQLite's error. */
export function loadNewestRun(database: DatabaseSync): FollowedRun | null {
  const row = database.prepare('SELECT * FROM runs ORDER BY id DESC LIMIT 1').get();
  if (!row) return null;
  const memory: LoopMemory = JSON.parse(textAt(row, 'memory'));
  return {
    run: textAt(row, 'token'),
    url: textAt(row, 'url'),
    startedAt: numberAt(row, 'started_at'),
    lastAt: numberAt(row, 'last_at'),
    sequence: numberAt(row, 'sequence'),
    isEnded: numberOrNullAt(row, 'ended_at') !== null,
    memory,
    version: textOrNullAt(row, 'version'),
    open: loadOpen(database, numberAt(row, 'id')),
    imageCount: numberAt(row, 'image_count'),
    generationCount: numberAt(row, 'generation_count'),
    retryCount: numberAt(row, 'retry_count'),
    lostCount: numberAt(row, 'lost_count'),
    gpuIdleMs: numberAt(row, 'gpu_idle_ms'),
  };
}

function loadOpen(database: DatabaseSync, runId: number): Map<number, OpenGeneration> {
  const open = new Map<number, OpenGeneration>();
  const generations = database.prepare(
    `SELECT generations.id, number, planned, prompt, negative_prompt, saving, planned_at
     FROM generations JOIN prompts ON prompts.id = prompt_id
     WHERE run_id = ? AND outcome IS NULL ORDER BY generations.id`,
  );
  const images = database.prepare(
    `SELECT seed, path, name, width, height, byte_count, saved_at, duration_ms, title
     FROM images JOIN folders ON folders.id = folder_id JOIN checkpoints ON checkpoints.id = checkpoint_id
     WHERE generation_id = ? ORDER BY images.id`,
  );
  for (const row of generations.all(runId)) {
    const generation = parsePlanned(
      textAt(row, 'planned'),
      textAt(row, 'prompt'),
      textAt(row, 'negative_prompt'),
    );
    const landed = images.all(numberAt(row, 'id')).map((image): ImageNotice => {
      const savedAt = numberAt(image, 'saved_at');
      return {
        type: 'image',
        at: savedAt,
        generation,
        checkpoint: textAt(image, 'title'),
        durationMs: numberAt(image, 'duration_ms'),
        image: {
          seed: numberAt(image, 'seed'),
          path: join(textAt(image, 'path'), textAt(image, 'name')),
          width: numberAt(image, 'width'),
          height: numberAt(image, 'height'),
          byteCount: numberAt(image, 'byte_count'),
          savedAt,
        },
      };
    });
    open.set(numberAt(row, 'number'), {
      generation,
      plannedAt: numberAt(row, 'planned_at'),
      saving: textAt(row, 'saving') === 'server' ? 'server' : 'client',
      images: landed,
    });
  }
  return open;
}
