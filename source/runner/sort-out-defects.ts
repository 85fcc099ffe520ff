import type { Collected } from '../engine/event.ts';
import { findDefect } from '../gallery/find-defect.ts';
import type { FoundImage } from '../gallery/gallery.ts';

/** Parts the images that can be told as such from the black ones; a broken one is no image of ours. */
export async function sortOutDefects(found: readonly FoundImage[]): Promise<Collected> {
  const defects = await Promise.all(
    found.map(({ path, isPlain }) => (isPlain ? findDefect(path) : Promise.resolve(null))),
  );
  return {
    images: found.filter((_, index) => defects[index] === null).map(({ isPlain: _, ...image }) => image),
    blackSeeds: found.filter((_, index) => defects[index] === 'black').map(({ seed }) => seed),
  };
}
