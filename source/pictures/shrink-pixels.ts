import type { Sharp } from './load-sharp.ts';
import type { Pixels } from './pixels.ts';

/** Fewer pixels of the same picture. */
export async function shrinkPixels(sharp: Sharp, pixels: Pixels, scale: number): Promise<Pixels> {
  if (scale >= 1) return pixels;
  const width = Math.max(1, Math.round(pixels.width * scale));
  const height = Math.max(1, Math.round(pixels.height * scale));
  const rgb = await sharpOf(sharp, pixels).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return { width, height, rgb };
}

/** The pixels as sharp takes them. */
export function sharpOf(sharp: Sharp, { width, height, rgb }: Pixels) {
  return sharp(rgb, { raw: { width, height, channels: 3 } });
}
