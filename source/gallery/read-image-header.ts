import { type ByteSource, openFileSource } from './byte-source.ts';
import { sniffFormat } from './image-format.ts';
import type { ImageHeader } from './image-header.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { readPngHeader } from './png-header.ts';
import { readWebpHeader } from './webp-header.ts';

/** A file's own facts beside its header. */
export type ImageFile = {
  /** Null when it is not a PNG, JPEG or WebP, or not far enough written to tell. */
  readonly header: ImageHeader | null;
  readonly byteCount: number;
  /** Modification time, ms since epoch. */
  readonly savedAt: number;
};

/**
 * Reads what an image says about itself before its pixels and whether it ends as it should: a few kilobytes whatever the file's size,
 * and never an exception for what the bytes hold.
 */
export async function readHeaderOf(source: ByteSource): Promise<ImageHeader | null> {
  switch (sniffFormat(await source.read(0, 12))) {
    case 'png':
      return readPngHeader(source);
    case 'jpeg':
      return readJpegHeader(source);
    case 'webp':
      return readWebpHeader(source);
    case null:
      return null;
  }
}

/** Reads the header of a file; null when there is no regular file at `path`, or it cannot be read. */
export async function readImageFile(path: string): Promise<ImageFile | null> {
  let source: Awaited<ReturnType<typeof openFileSource>>;
  try {
    source = await openFileSource(path);
  } catch {
    return null;
  }
  if (!source) return null;
  try {
    return { header: await readHeaderOf(source), byteCount: source.byteCount, savedAt: source.savedAt };
  } catch {
    // The disk or the network under the file failed while it was read.
    return null;
  } finally {
    await source.close().catch(() => undefined);
  }
}
