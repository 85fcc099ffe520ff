import { readFile } from 'node:fs/promises';
import { type ByteSource, openFileSource, sourceOfBytes } from './byte-source.ts';
import type { ImageHeader } from './image-header.ts';
import { loadSharp } from './load-sharp.ts';
import { readHeaderOf } from './read-image-header.ts';

/** What makes an image unfit to be told as one. */
export type ImageDefect =
  /** Every pixel is black: what servers without a NaN check answer when sampling failed (webui-api.md 10.1). */
  | 'black'
  /** Not an image, cut short, or impossible to decode. */
  | 'broken';

export type SoundImage = {
  readonly header: ImageHeader;
  readonly byteCount: number;
  /** Modification time, ms since epoch. */
  readonly savedAt: number;
};

/** Diffused pictures take 0.5 bytes a pixel and more as PNG, 0.1 as JPEG; plain areas 0.03 at most in any format. */
const plainBytesPerPixel = 0.06;

/** What a file holds beside pixels and metadata: tables, colour profiles. */
const overheadByteCount = 4096;

/** Larger images are not decoded: at 3 bytes a pixel this would take 200 MB. */
const mostPixels = 1 << 26;

/** The brightest value that still counts as black: lossy formats may leave a trace. */
const blackLevel = 3;

/**
 * Looks at a file or at bytes in memory; null when nothing is wrong. Only files that are suspiciously small for their pixels are decoded
 * (on another thread), so this costs next to nothing for a good image.
 */
export async function findDefect(image: string | Uint8Array): Promise<ImageDefect | null> {
  if (typeof image !== 'string') return findDefectIn(sourceOfBytes(image), async () => image);
  const source = await openFileSource(image).catch(() => null);
  if (!source) return 'broken';
  try {
    return await findDefectIn(source, () => readFile(image));
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return 'broken';
    throw error;
  } finally {
    await source.close();
  }
}

/** A file that can be told as an image, its own facts read in the same pass; null for one that cannot. */
export async function readSoundImage(path: string): Promise<SoundImage | null> {
  const source = await openFileSource(path).catch(() => null);
  if (!source) return null;
  try {
    const header = await readHeaderOf(source);
    if (header === null || (await judge(header, source, () => readFile(path))) !== null) return null;
    return { header, byteCount: source.byteCount, savedAt: source.savedAt };
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return null;
    throw error;
  } finally {
    await source.close().catch(() => undefined);
  }
}

async function findDefectIn(
  source: ByteSource,
  readAll: () => Promise<Uint8Array>,
): Promise<ImageDefect | null> {
  return judge(await readHeaderOf(source), source, readAll);
}

async function judge(
  header: ImageHeader | null,
  source: ByteSource,
  readAll: () => Promise<Uint8Array>,
): Promise<ImageDefect | null> {
  if (!header?.isComplete) return 'broken';
  if (!isPlain({ ...header, byteCount: source.byteCount })) return null;
  return header.width * header.height > mostPixels ? null : decode(await readAll());
}

/** Whether an image has suspiciously few bytes for its pixels, so that only decoding tells whether it has a defect. */
export function isPlain(
  image: Pick<ImageHeader, 'width' | 'height' | 'metadataByteCount'> & { readonly byteCount: number },
): boolean {
  const pixelByteCount = image.byteCount - image.metadataByteCount - overheadByteCount;
  return pixelByteCount <= image.width * image.height * plainBytesPerPixel;
}

async function decode(bytes: Uint8Array): Promise<ImageDefect | null> {
  const sharp = await loadSharp();
  if (sharp === null) return null;
  const image = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'truncated' });
  try {
    const { hasAlpha } = await image.metadata();
    const { channels } = await image.stats();
    // Opaque black has full alpha, which is the last channel.
    const colours = hasAlpha ? channels.slice(0, -1) : channels;
    return colours.every(({ max }) => max <= blackLevel) ? 'black' : null;
  } catch {
    // sharp throws plain errors for whatever libvips could not decode.
    return 'broken';
  }
}
