import type { Effect } from '../engine/effect.ts';
import type { Collected } from '../engine/event.ts';
import { findDefect } from '../gallery/find-defect.ts';
import type { Gallery } from '../gallery/gallery.ts';
import type { Result } from '../generation/failure.ts';
import { seedsOf } from '../generation/generation.ts';
import { sortOutDefects } from './sort-out-defects.ts';

/** A network file system may show a file this much later than the server wrote it, ms. */
const patienceMs = 6000;

type Collect = Extract<Effect, { type: 'collect' }>;

/** Finds the files that the server wrote for an answered generation; a black or broken file is no image of ours. */
export async function findSaved(gallery: Gallery, effect: Collect): Promise<Collected> {
  const search = { seeds: effect.wantedSeeds, sinceMs: effect.sentAt, patienceMs };
  return sortOutDefects(await gallery.findImages(search));
}

/** Writes the images of an answer, all but the black and broken ones and those that a person gave up. */
export async function saveSent(
  gallery: Gallery,
  effect: Collect,
  sent: readonly Uint8Array[],
): Promise<Result<Collected>> {
  const wanted = new Set(effect.wantedSeeds);
  const images = seedsOf(effect.generation)
    .flatMap((seed, index) => {
      const bytes = sent[index];
      return bytes ? [{ seed, bytes }] : [];
    })
    .filter(({ seed }) => wanted.has(seed));
  const defects = await Promise.all(images.map(({ bytes }) => findDefect(bytes)));
  const saved = await gallery.saveImages(images.filter((_, index) => defects[index] === null));
  if (!saved.ok) return saved;
  const blackSeeds = images.filter((_, index) => defects[index] === 'black').map(({ seed }) => seed);
  return { ok: true, value: { images: saved.value, blackSeeds } };
}
