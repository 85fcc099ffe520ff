import type { Notice } from '../engine/notice.ts';

/** Follows a change of size within some dozens of images. */
const newestWeight = 0.05;

/** Bytes per image, a moving average; null before the first image. */
export function foldImageBytes(average: number | null, notice: Notice): number | null {
  if (notice.type !== 'image' || !(notice.image.byteCount > 0)) return average;
  const { byteCount } = notice.image;
  return average === null ? byteCount : average + newestWeight * (byteCount - average);
}

/**
 * How long the space above the floor lasts at this pace, ms; 0 where there is none, null where the pace or the size of an image is not
 * known yet.
 */
export function spaceLastsMs(facts: {
  readonly freeBytes: number;
  readonly floorBytes: number;
  readonly bytesPerImage: number | null;
  readonly imagesPerMinute: number | null;
}): number | null {
  const { freeBytes, floorBytes, bytesPerImage, imagesPerMinute } = facts;
  if (!bytesPerImage || !imagesPerMinute) return null;
  return (Math.max(0, freeBytes - floorBytes) / (bytesPerImage * imagesPerMinute)) * 60_000;
}
