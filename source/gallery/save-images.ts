import { randomUUID } from 'node:crypto';
import { mkdir, opendir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../generation/failure.ts';
import type { GeneratedImage } from '../generation/image.ts';
import { sourceOfBytes } from './byte-source.ts';
import { toDiskFailure } from './disk-failure.ts';
import { numberIn, temporaryName } from './file-name.ts';
import { extensionOf } from './image-format.ts';
import type { ImageHeader } from './image-header.ts';
import { type NameWork, nameWorkFor, patientNames } from './name-work.ts';
import { placeFile } from './place-file.ts';
import { type ImageFile, readHeaderOf } from './read-image-header.ts';
import { writeToDisk } from './write-to-disk.ts';

export type ImageToSave = { readonly seed: number; readonly bytes: Uint8Array };

export type SaverOptions = {
  /** The folder for now, absolute. */
  readonly currentFolder: () => string;
  /** The highest number that the list knows of in a folder; -1 when it knows of none. */
  readonly highestListed: (folder: string) => number;
  /** A file is about to get this name. */
  readonly onNaming?: (path: string) => void;
  /** It did not, since the name was taken. */
  readonly onTaken?: (path: string) => void;
  /** It has it, and need not be read to be known. */
  readonly onNamed?: (path: string, file: ImageFile) => void;
};

type Prepared = ImageToSave & { readonly header: ImageHeader };
type Written = Prepared & {
  readonly temporary: string;
  /** Modification time, ms since epoch. */
  readonly savedAt: number;
};

/** Temporary files of a process that died are removed once they are so old. */
const abandonedMs = 3_600_000;

/**
 * Makes the saver of images. A call that failed half-way may be repeated with the same byte arrays: those that have their file already
 * are not written again.
 */
export function createImageSaver(options: SaverOptions) {
  const { currentFolder, highestListed } = options;
  const saved = new WeakMap<Uint8Array, GeneratedImage>();
  const highestUsed = new Map<string, number>();
  let names = patientNames;
  let turn: Promise<unknown> = Promise.resolve();

  async function save(images: readonly ImageToSave[]): Promise<Result<GeneratedImage[]>> {
    const prepared: Prepared[] = [];
    for (const [index, image] of images.entries()) {
      const header = await readHeaderOf(sourceOfBytes(image.bytes));
      if (!header?.isComplete) {
        const detail = `image ${index + 1} of ${images.length} is not a whole PNG, JPEG or WebP file`;
        return { ok: false, failure: { kind: 'invalid-answer', detail } };
      }
      if (!(await isSaved(image))) prepared.push({ ...image, header });
    }
    const folder = currentFolder();
    const waiting = new Set<Written>();
    try {
      if (prepared.length > 0 && !highestUsed.has(folder)) await prepareFolder(folder);
      for (const image of prepared) waiting.add(await writeIn(folder, image));
      for (const image of waiting) {
        await giveName(folder, image);
        waiting.delete(image);
      }
      return { ok: true, value: images.flatMap(({ bytes }) => saved.get(bytes) ?? []) };
    } catch (error) {
      return { ok: false, failure: toDiskFailure(error, folder) };
    } finally {
      for (const { temporary } of waiting) await unlink(temporary).catch(() => undefined);
    }
  }

  async function isSaved({ bytes, seed }: ImageToSave): Promise<boolean> {
    const image = saved.get(bytes);
    if (image?.seed !== seed) return false;
    const stats = await stat(image.path).catch(() => null);
    return stats?.size === image.byteCount;
  }

  async function prepareFolder(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    let highest = -1;
    for await (const { name } of await opendir(folder, { bufferSize: 2048 })) {
      highest = Math.max(highest, numberIn(name) ?? -1);
      if (temporaryName.test(name)) await removeAbandoned(join(folder, name));
    }
    names = await nameWorkFor(folder);
    highestUsed.clear();
    highestUsed.set(folder, highest);
  }

  /** A folder that somebody has removed is made again. */
  async function writeIn(folder: string, image: Prepared): Promise<Written> {
    try {
      return await writeAside(folder, image, names);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await prepareFolder(folder);
      return writeAside(folder, image, names);
    }
  }

  async function giveName(folder: string, image: Written): Promise<void> {
    const { temporary, seed, bytes, header, savedAt } = image;
    let number = Math.max(highestUsed.get(folder) ?? -1, highestListed(folder)) + 1;
    const pathOf = () =>
      join(folder, `${String(number).padStart(5, '0')}-${seed}.${extensionOf[header.format]}`);
    for (;;) {
      options.onNaming?.(pathOf());
      if (await placeFile(temporary, pathOf(), names)) break;
      options.onTaken?.(pathOf());
      number++;
    }
    highestUsed.set(folder, number);
    const path = pathOf();
    const { width, height } = header;
    const byteCount = bytes.byteLength;
    saved.set(bytes, { seed, path, width, height, byteCount, savedAt });
    options.onNamed?.(path, { header, byteCount, savedAt });
  }

  return {
    /** Saves all images, or says why not; calls take turns. */
    save(images: readonly ImageToSave[]): Promise<Result<GeneratedImage[]>> {
      const result = turn.then(() => save(images));
      turn = result.catch(() => undefined);
      return result;
    },
  };
}

async function writeAside(folder: string, image: Prepared, names: NameWork): Promise<Written> {
  // In a container each runner has the same process id, and one that was killed may have left its file.
  const temporary = join(folder, `.sdloop-${randomUUID()}.part`);
  return { ...image, temporary, savedAt: await writeToDisk(temporary, image.bytes, names) };
}

async function removeAbandoned(path: string): Promise<void> {
  const stats = await stat(path).catch(() => null);
  if (stats && Date.now() - stats.mtimeMs > abandonedMs) await unlink(path).catch(() => undefined);
}
