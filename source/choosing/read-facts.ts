import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { openFileSource } from '../gallery/byte-source.ts';
import { seedIn } from '../gallery/file-name.ts';
import { seedInInfotext } from '../gallery/infotext-seed.ts';
import { readHeaderOf } from '../gallery/read-image-header.ts';

/** What is told of a file by itself. */
export type FileFacts = {
  readonly byteCount: number;
  /** ms since epoch. */
  readonly savedAt: number;
  /** The same for the same bytes wherever they lie and whatever they are called. */
  readonly fingerprint: Uint8Array;
  readonly seed: number | null;
  /** Pixels; null for what is no image. */
  readonly width: number | null;
  readonly height: number | null;
};

/** An image begins with how it was made and ends with its last pixels: nothing else has both, and reading all would take a disk's time. */
const endLength = 65_536;

/** Reads a file's facts; null where there is no regular file. Throws the file system's error. */
export async function readFacts(path: string): Promise<FileFacts | null> {
  const source = await openFileSource(path);
  if (source === null) return null;
  try {
    const { byteCount } = source;
    const header = await readHeaderOf(source);
    const hash = createHash('sha256').update(`${byteCount}:`);
    hash.update(await source.read(0, Math.min(endLength, byteCount)));
    if (byteCount > endLength) {
      const at = Math.max(endLength, byteCount - endLength);
      hash.update(await source.read(at, byteCount - at));
    }
    const infotext = header?.infotext ?? null;
    return {
      byteCount,
      savedAt: Math.round(source.savedAt),
      fingerprint: hash.digest().subarray(0, 16),
      seed: (infotext === null ? null : seedInInfotext(infotext)) ?? seedIn(basename(path)),
      width: header?.width ?? null,
      height: header?.height ?? null,
    };
  } finally {
    await source.close();
  }
}
