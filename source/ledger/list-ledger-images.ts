import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { ImageFacts, ImageFilter } from '../presentation/image-facts.ts';
import { selectImages } from './image-selection.ts';
import { parsePlanned } from './planned-text.ts';
import { numberAt, type Row, textAt, textOrNullAt } from './row.ts';

/** What not every plan and WebUI tells. */
type Untold = 'sampler' | 'scheduler' | 'version';

/** An image as the ledger knows it, whatever became of its file; its checkpoint is as the WebUI's answer verified it. */
export type LedgerImage = Pick<ImageFacts, Untold> & {
  readonly [Fact in Exclude<keyof ImageFacts, Untold>]: NonNullable<ImageFacts[Fact]>;
};

/** Rows read at once: between two pages nothing is held open, so that a slow reader does not make the runner's log grow. */
const pageLength = 1000;

/** `CROSS JOIN` keeps the planner from beginning elsewhere than at the images, which `images` names with the index to take. */
const selectionFrom = (
  images: string,
) => `SELECT images.id, number, seed, path, name, width, height, byte_count, saved_at, title, prompt, negative_prompt, planned,
    images.duration_ms, version
  FROM ${images} CROSS JOIN generations ON generations.id = generation_id CROSS JOIN folders ON folders.id = folder_id
  CROSS JOIN checkpoints ON checkpoints.id = checkpoint_id CROSS JOIN prompts ON prompts.id = images.prompt_id
  LEFT JOIN versions ON versions.id = version_id`;

const newestFirst = 'ORDER BY saved_at DESC, images.id DESC';

/** The wanted images, newest first, read as they are asked for; throws SQLite's error. */
export function* listLedgerImages(database: DatabaseSync, filter: ImageFilter): Generator<LedgerImage> {
  const selected = selectImages(database, filter);
  if (selected.kind === 'few') {
    const page = database.prepare(
      `${selectionFrom('images')} WHERE images.id IN (SELECT value FROM json_each(?)) ${newestFirst}`,
    );
    for (let index = 0; index < selected.ids.length; index += pageLength) {
      yield* page.all(JSON.stringify(selected.ids.slice(index, index + pageLength))).map(toImage);
    }
    return;
  }
  const { sql, values } = selected.condition;
  const page = database.prepare(
    `${selectionFrom('images INDEXED BY images_by_time')} WHERE ${sql} AND (saved_at, images.id) < (?, ?) ${newestFirst} LIMIT ${pageLength}`,
  );
  let last: readonly [savedAt: number, id: number] = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  for (;;) {
    const rows = page.all(...values, ...last);
    yield* rows.map(toImage);
    const end = rows.at(-1);
    if (end === undefined || rows.length < pageLength) return;
    last = [numberAt(end, 'saved_at'), numberAt(end, 'id')];
  }
}

/** The images with these ids, as far as they are there; throws SQLite's error. */
export function readLedgerImages(database: DatabaseSync, ids: readonly number[]): Map<number, LedgerImage> {
  const rows = database
    .prepare(`${selectionFrom('images')} WHERE images.id IN (SELECT value FROM json_each(?))`)
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [numberAt(row, 'id'), toImage(row)]));
}

function toImage(row: Row): LedgerImage {
  const { parameters } = parsePlanned(textAt(row, 'planned'), '', '');
  return {
    generation: numberAt(row, 'number'),
    seed: numberAt(row, 'seed'),
    path: join(textAt(row, 'path'), textAt(row, 'name')),
    width: numberAt(row, 'width'),
    height: numberAt(row, 'height'),
    byteCount: numberAt(row, 'byte_count'),
    savedAt: numberAt(row, 'saved_at'),
    checkpoint: textAt(row, 'title'),
    prompt: textAt(row, 'prompt'),
    negativePrompt: textAt(row, 'negative_prompt'),
    sampler: parameters.sampler,
    scheduler: parameters.scheduler,
    steps: parameters.steps,
    cfgScale: parameters.cfgScale,
    durationMs: numberAt(row, 'duration_ms'),
    version: textOrNullAt(row, 'version'),
  };
}
