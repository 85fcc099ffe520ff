import { open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { toDiskFailure } from '../gallery/disk-failure.ts';
import type { Failure } from '../generation/failure.ts';

/** Writes a file beside its place and renames it there, so that a half-written one is never in the place of a whole one; null when all is well. */
export async function writeAside(path: string, text: string): Promise<Failure | null> {
  const aside = join(dirname(path), `.${basename(path).slice(0, 20)}.sdloop-${process.pid}.part`);
  try {
    const file = await open(aside, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    return null;
  } catch (error) {
    await unlink(aside).catch(() => undefined);
    return toDiskFailure(error, path);
  }
}
