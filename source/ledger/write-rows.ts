import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Saving } from '../engine/effect.ts';
import { type Generation, imageCountOf } from '../generation/generation.ts';
import { nameMeasure } from '../presentation/describe-measure.ts';
import type { KeptNotice } from './entry.ts';
import type { ImageNotice } from './followed-run.ts';
import { plannedText } from './planned-text.ts';
import { numberAt } from './row.ts';

type FailureNotice = Extract<KeptNotice, { type: 'failure' }>;
type FinishedNotice = Extract<KeptNotice, { type: 'generation-finished' }>;

/** A server's error text can be a whole page; this much says what was wrong. */
const longestDetail = 2000;

/** Writes rows of a run, whose own row is there; all of it throws SQLite's error. What is there already stays as it is. */
export type RowWriter = {
  openGeneration(runId: number, generation: Generation, plannedAt: number, saving: Saving): number;
  addImage(generationId: number, notice: ImageNotice, version: string | null): void;
  closeGeneration(generationId: number, notice: FinishedNotice): void;
  addFailure(runId: number, notice: FailureNotice): void;
  findGeneration(runId: number, number: number): number | null;
};

export function createRowWriter(database: DatabaseSync): RowWriter {
  const prompts = idsOf(
    database,
    'INSERT INTO prompts (digest, prompt, negative_prompt) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    'SELECT id FROM prompts WHERE digest = ?',
  );
  const [checkpoints, folders, versions] = (
    [
      ['checkpoints', 'title'],
      ['folders', 'path'],
      ['versions', 'version'],
    ] as const
  ).map(([table, column]) =>
    idsOf(
      database,
      `INSERT INTO ${table} (${column}) VALUES (?) ON CONFLICT DO NOTHING`,
      `SELECT id FROM ${table} WHERE ${column} = ?`,
    ),
  );
  const addGeneration = database.prepare(
    `INSERT INTO generations (run_id, number, prompt_id, planned, image_count, saving, planned_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const selectGeneration = database.prepare('SELECT id FROM generations WHERE run_id = ? AND number = ?');
  const addImage = database.prepare(
    `INSERT INTO images (generation_id, seed, folder_id, name, prompt_id, checkpoint_id, version_id, width, height, byte_count,
       duration_ms, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const closeGeneration = database.prepare(
    `UPDATE generations SET ended_at = ?, outcome = ?, landed_count = ?, duration_ms = ?, gpu_idle_ms = ?
     WHERE id = ? AND outcome IS NULL`,
  );
  const addFailure = database.prepare(
    `INSERT INTO failures (run_id, generation_id, at, kind, detail, http_status, will_retry, retry_delay_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );

  /** Most nights have one prompt. */
  let digested: { prompt: string; negativePrompt: string; digest: Buffer } | null = null;

  function promptId({ parameters }: Generation): number {
    const { prompt, negativePrompt } = parameters;
    if (digested?.prompt !== prompt || digested.negativePrompt !== negativePrompt)
      digested = { prompt, negativePrompt, digest: digestOf(prompt, negativePrompt) };
    return prompts(digested.digest, prompt, negativePrompt);
  }

  function findGeneration(runId: number, number: number): number | null {
    const row = selectGeneration.get(runId, number);
    return row ? numberAt(row, 'id') : null;
  }

  return {
    findGeneration,
    openGeneration(runId, generation, plannedAt, saving) {
      const known = findGeneration(runId, generation.id);
      if (known !== null) return known;
      const { id, parameters } = generation;
      const planned = plannedText(generation);
      const count = imageCountOf({ parameters });
      const added = addGeneration.run(
        runId,
        id,
        promptId(generation),
        planned,
        count,
        saving,
        Math.round(plannedAt),
      );
      return Number(added.lastInsertRowid);
    },
    addImage(generationId, { image, generation, checkpoint, durationMs }, version) {
      addImage.run(
        generationId,
        image.seed,
        folders?.(dirname(image.path)) ?? null,
        basename(image.path),
        promptId(generation),
        checkpoints?.(checkpoint) ?? null,
        version === null ? null : (versions?.(version) ?? null),
        image.width,
        image.height,
        image.byteCount,
        durationMs,
        Math.round(image.savedAt),
      );
    },
    closeGeneration(generationId, { at, outcome, imageCount, durationMs, gpuIdleMs }) {
      closeGeneration.run(at, outcome, imageCount, durationMs, gpuIdleMs, generationId);
    },
    addFailure(runId, { at, failure, generation, willRetry, retryDelayMs, measure }) {
      const done = measure === undefined ? '' : ` [${nameMeasure(measure)}]`;
      addFailure.run(
        runId,
        generation ? findGeneration(runId, generation.id) : null,
        at,
        failure.kind,
        `${failure.detail.slice(0, longestDetail)}${done}`.trimStart(),
        failure.httpStatus ?? null,
        willRetry ? 1 : 0,
        retryDelayMs,
      );
    },
  };
}

/** Finds or makes the row of a value that many rows share; the first value is its key. */
function idsOf(database: DatabaseSync, insertion: string, selection: string) {
  const insert = database.prepare(insertion);
  const select = database.prepare(selection);
  return (key: SQLInputValue, ...others: SQLInputValue[]): number => {
    const row = select.get(key);
    if (row) return numberAt(row, 'id');
    return Number(insert.run(key, ...others).lastInsertRowid);
  };
}

/** Long prompts would make a long index. */
function digestOf(prompt: string, negativePrompt: string): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([prompt, negativePrompt]))
    .digest()
    .subarray(0, 16);
}
