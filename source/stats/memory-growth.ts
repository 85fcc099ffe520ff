/** A memory that fills image by image. */
export type Growth = {
  readonly bytesPerImage: number;
  /** At the present pace, ms; null while there is no pace or no size to go by. */
  readonly fullInMs: number | null;
};

/** What grows; null where nothing does, or where it is not known yet. */
export type MemoryGrowth = { readonly ram: Growth | null; readonly vram: Growth | null };

export const noGrowth: MemoryGrowth = { ram: null, vram: null };

/** The growth of one memory of which `freeBytes` are left, at so many images a minute. */
export function growthOf(
  bytesPerImage: number | null,
  freeBytes: number | null,
  imagesPerMinute: number | null,
): Growth | null {
  if (bytesPerImage === null) return null;
  const canTell = freeBytes !== null && imagesPerMinute !== null && imagesPerMinute > 0;
  const fullInMs = canTell ? (Math.max(0, freeBytes) / bytesPerImage / imagesPerMinute) * 60_000 : null;
  return { bytesPerImage, fullInMs };
}
