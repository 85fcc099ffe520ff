import { loadSharp } from './load-sharp.ts';

/** More than a terminal can show in any way, pixels. */
const longestSide = 1024;

/** Larger pictures are not decoded: at 3 bytes a pixel this would take 200 MB. */
const mostPixels = 1 << 26;

/** A picture in fewer bytes, for looking at; null where it cannot be decoded, or sharp is not there. */
export async function shrinkPicture(bytes: Uint8Array): Promise<Uint8Array | null> {
  const sharp = await loadSharp();
  if (sharp === null) return null;
  try {
    return await sharp(bytes, { limitInputPixels: mostPixels })
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten()
      .jpeg({ quality: 85 })
      .toBuffer();
  } catch {
    // sharp throws plain errors for whatever libvips could not decode.
    return null;
  }
}
