import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { constants, copyFile, readFile, stat, utimes } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { toDiskFailure } from '../gallery/disk-failure.ts';
import { cleanText } from '../presentation/clean-text.ts';
import { formatCounted } from '../presentation/numbers.ts';
import { makeDirectory } from '../settings/make-directory.ts';
import { exitCode } from './exit-code.ts';
import type { ListedImage } from './list-images.ts';
import type { Output } from './output.ts';
import { jsonLine } from './print/json-line.ts';
import { type Provenance, provenanceOf, provenanceText, readProvenance } from './provenance.ts';
import { writeAside } from './write-aside.ts';

/** The file that says where the images of a folder come from. */
const provenanceName = 'provenance.json';

/**
 * Copies images into a directory, with what made each. Nothing there is overwritten: an image that is there already is not copied again, and
 * one whose name is taken gets another. What an earlier copying wrote about its images is kept.
 */
export async function copyImages(
  images: AsyncIterable<ListedImage> | Iterable<ListedImage>,
  {
    output,
    directory,
    limit,
  }: { readonly output: Output; readonly directory: string; readonly limit: number | null },
): Promise<{ readonly count: number; readonly code: number }> {
  const provenancePath = join(directory, provenanceName);
  const entries = new Map<string, Provenance>();
  let copiedCount = 0;
  let count = 0;
  let code: number = exitCode.done;
  try {
    makeDirectory(directory);
    const before = readProvenance(await readFile(provenancePath, 'utf8').catch(() => '[]'));
    if (before === null) {
      output.fail('file', `${provenancePath} is none that sdloop wrote: name another directory.`);
      return { count, code: exitCode.error };
    }
    for (const entry of before) entries.set(entry.file, entry);
    for await (const image of images) {
      const copied = await copyImage(image, directory);
      if (typeof copied === 'string') {
        output.fail('file', copied);
        code = exitCode.error;
      } else {
        entries.set(copied.file, provenanceOf(image, copied));
        if (copied.isNew) copiedCount += 1;
      }
      count += 1;
      if (count === limit) break;
    }
  } catch (error) {
    const failure = toDiskFailure(error, directory);
    output.fail(
      'file',
      failure.kind === 'disk-full' ? `The disk with ${directory} is full.` : `${failure.detail}.`,
    );
    code = exitCode.error;
  }
  if (entries.size > 0) {
    const failure = await writeAside(provenancePath, provenanceText([...entries.values()]));
    if (failure !== null) {
      output.fail('file', `${provenancePath} cannot be written: what made the images is not beside them.`);
      code = exitCode.error;
    }
  }
  const already = count - copiedCount;
  if (output.isJson)
    output.print(jsonLine({ type: 'copied', at: Date.now(), count: copiedCount, directory }));
  else if (count > 0)
    output.say(
      `${formatCounted(copiedCount, 'image')} copied to ${directory}${already > 0 && code === exitCode.done ? `, ${already} there already` : ''}.`,
    );
  return { count, code };
}

type Copied = { readonly file: string; readonly sha256: string; readonly isNew: boolean };

/** A sentence where the file itself cannot be read; throws the file system's error where the directory cannot be written. */
async function copyImage(image: ListedImage, directory: string): Promise<Copied | string> {
  const original = await stat(image.path).catch(() => null);
  if (original === null) return cleanText(`${image.path} is not there any more.`);
  const sha256 = await hashOf(image.path);
  if (sha256 === null) return cleanText(`${image.path} cannot be read.`);
  const ending = extname(image.path);
  const stem = basename(image.path, ending);
  for (let number = 1; ; number++) {
    const file = number === 1 ? `${stem}${ending}` : `${stem}~${number}${ending}`;
    const target = join(directory, file);
    try {
      await copyFile(image.path, target, constants.COPYFILE_EXCL);
      await utimes(target, original.atime, original.mtime);
      return { file, sha256, isNew: true };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if ((await hashOf(target)) === sha256) return { file, sha256, isNew: false };
    }
  }
}

async function hashOf(path: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
    return hash.digest('hex');
  } catch {
    return null;
  }
}
