import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openChooser } from '../../source/choosing/open-chooser.ts';
import type { Generation } from '../../source/generation/generation.ts';
import type { Ledger } from '../../source/ledger/ledger.ts';
import type {
  ChoosableImages,
  Chooser,
  ChoosingFilter,
  ChoosingWindow,
} from '../../source/presentation/choosing.ts';
import { everyPresentImage } from '../../source/presentation/choosing.ts';
import { makeInfotextPng } from '../gallery/helpers/pictures.ts';
import { generationOf, record, start, started } from '../ledger/notices-in-test.ts';

/** A chooser that is closed when the running test ends. */
export function openChooserInTest(directory: string): Chooser {
  const opened = openChooser(directory);
  if (!opened.ok) throw new Error(opened.reason);
  onTestFinished(() => opened.chooser.close());
  return opened.chooser;
}

/** Writes an image file of its own content. */
export async function writeImage(path: string, seed: number): Promise<string> {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await makeInfotextPng(seed, `picture ${seed} in ${basename(path)}`));
  return path;
}

/** Images of one generation, on the disk and in the ledger, a second apart; their paths, oldest first. */
export async function makeImages(
  ledger: Ledger,
  folder: string,
  options: { readonly id?: number; readonly count?: number; readonly prompt?: string } = {},
): Promise<string[]> {
  const { id = 1, count = 4, prompt = 'a lighthouse' } = options;
  const generation: Generation = generationOf(id, { batchSize: count, prompt });
  record(ledger, [started(generation)]);
  const paths: string[] = [];
  for (let index = 0; index < count; index++) {
    const seed = generation.firstSeed + index;
    const path = await writeImage(join(folder, `${String(seed).padStart(5, '0')}-${seed}.png`), seed);
    const savedAt = start + id * 60_000 + index * 1000;
    utimesSync(path, savedAt / 1000, savedAt / 1000);
    const image = { seed, path, width: 16, height: 8, byteCount: statSync(path).size, savedAt };
    record(ledger, [
      { type: 'image', at: savedAt, generation, checkpoint: generation.checkpoint, durationMs: 700, image },
    ]);
    paths.push(path);
  }
  return paths;
}

export async function listIn(
  chooser: Chooser,
  filter: Partial<ChoosingFilter> = {},
  window: Partial<Omit<ChoosingWindow, 'filter'>> = {},
): Promise<Extract<ChoosableImages, { ok: true }>> {
  const listed = await chooser.list({
    filter: { ...everyPresentImage, ...filter },
    sort: 'newest',
    firstIndex: 0,
    count: 100,
    ...window,
  });
  if (!listed.ok) throw new Error(listed.reason);
  return listed;
}

export async function namesIn(chooser: Chooser, filter: Partial<ChoosingFilter> = {}): Promise<string[]> {
  return (await listIn(chooser, filter)).images.map(({ path }) => basename(path));
}

/** What must have gone well. */
export function done<T extends { readonly ok: boolean }>(result: T): Extract<T, { ok: true }> {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result as Extract<T, { ok: true }>;
}
