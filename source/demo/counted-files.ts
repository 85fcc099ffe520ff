import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PythonError } from './reply.ts';
import { toPythonError } from './saved-files.ts';

/**
 * The number of the next image: one above the count of files or the highest number at their beginnings, whichever is more, when first
 * asked; from then on counted in memory (webui-api.md 7.4).
 */
export async function nextCount(directory: string, counter: { value: number | null }): Promise<number> {
  if (counter.value === null) {
    const names = await readdir(directory).catch(() => []);
    counter.value = Math.max(names.length, ...names.map((name) => Number(/^\d+/.exec(name)?.[0] ?? 0)));
  }
  counter.value += 1;
  return counter.value;
}

/** Writes straight to the final name, in two parts as a slow disk would, so that half a file can be seen (webui-api.md 7.4). */
export async function saveInPlace(file: {
  readonly directory: string;
  readonly stem: string;
  readonly extension: string;
  readonly bytes: Buffer;
  readonly isDiskFull: boolean;
}): Promise<void> {
  const path = join(file.directory, `${file.stem}.${file.extension}`);
  const half = Math.floor(file.bytes.length / 2);
  try {
    await mkdir(file.directory, { recursive: true });
    await writeFile(path, file.bytes.subarray(0, half));
    if (file.isDiskFull) throw new PythonError('OSError', `[Errno 28] No space left on device: '${path}'`);
    await writeFile(path, file.bytes.subarray(half), { flag: 'a' });
  } catch (error) {
    throw toPythonError(error);
  }
}
