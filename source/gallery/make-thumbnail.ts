import { loadSharp } from './load-sharp.ts';

/** A small picture as a page can hold it. */
export type Thumbnail = { readonly dataUri: string; readonly width: number; readonly height: number };

/** Larger pictures are not decoded: at 3 bytes a pixel this would take 200 MB. */
const mostPixels = 1 << 26;

/** Whether pictures can be drawn smaller on this machine at all. */
export async function canMakeThumbnails(): Promise<boolean> {
  return (await loadSharp()) !== null;
}

/** Draws a file's picture within a square of so many pixels; null for one that is gone or that cannot be decoded. */
export async function makeThumbnail(path: string, side: number): Promise<Thumbnail | null> {
  const sharp = await loadSharp();
  if (sharp === null) return null;
  try {
    const { data, info } = await sharp(path, { limitInputPixels: mostPixels })
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 70 })
      .toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    return { dataUri: `data:image/webp;base64,${data.toString('base64')}`, width, height };
  } catch {
    // sharp throws plain errors for whatever it could not read or decode.
    return null;
  }
}
