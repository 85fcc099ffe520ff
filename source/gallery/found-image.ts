import { basename } from 'node:path';
import { seedIn } from './file-name.ts';
import { isPlain } from './find-defect.ts';
import type { FoundImage } from './gallery.ts';
import { seedInInfotext } from './infotext-seed.ts';
import type { ImageFile } from './read-image-header.ts';

/** What a file that was read says of itself; null where it is no whole image, or neither its infotext nor its name tells a seed. */
export function foundImage(path: string, file: ImageFile | null): FoundImage | null {
  if (!file?.header?.isComplete) return null;
  const { header, byteCount, savedAt } = file;
  const { width, height, infotext } = header;
  const seed = (infotext === null ? null : seedInInfotext(infotext)) ?? seedIn(basename(path));
  if (seed === null) return null;
  return { seed, path, width, height, byteCount, savedAt, isPlain: isPlain({ ...header, byteCount }) };
}
