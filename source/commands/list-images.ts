import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isGrid, isUnlisted, isVariant, looksLikeImage, seedIn, twinOf } from '../gallery/file-name.ts';
import { readSoundImage } from '../gallery/find-defect.ts';
import { type Choice, undecided } from '../presentation/choosing.ts';
import { factsOfInfotext, type ImageFacts, unknownImage } from '../presentation/image-facts.ts';

/** A finished image, as the ledger knows it or as its file's name, header and infotext tell, and what a person made of it. */
export type ListedImage = ImageFacts & { readonly choice: Choice };

/** Files read at a time: enough to hide a network file system's round trips. */
const readAheadCount = 16;

const byNumberDownwards = new Intl.Collator('en', { numeric: true });

/**
 * The images below an output directory, newest first: dated folders from the latest on, then what lies beside them. Grids,
 * by-products, black and broken files are no images.
 */
export async function* listImages(directory: string): AsyncGenerator<ListedImage> {
  const nested = join(directory, 'txt2img-images');
  const root = (await isDirectory(nested)) ? nested : directory;
  const entries = await namesIn(root);
  const days = entries
    .filter((name) => /^\d{4}-\d{2}-\d{2}$/.test(name))
    .sort()
    .reverse();
  for (const folder of [...days.map((day) => join(root, day)), root]) yield* listFolder(folder);
}

async function* listFolder(folder: string): AsyncGenerator<ListedImage> {
  const all = new Set(await namesIn(folder));
  const names = [...all].filter((name) => isImageName(name, all));
  names.sort((a, b) => byNumberDownwards.compare(b, a));
  for (let index = 0; index < names.length; index += readAheadCount) {
    const paths = names.slice(index, index + readAheadCount).map((name) => join(folder, name));
    for (const image of await Promise.all(paths.map(readListedImage))) if (image) yield image;
  }
}

/** What a file itself tells; null for one that is gone by now, black, broken or no image after all. */
export async function readListedImage(path: string): Promise<ListedImage | null> {
  const file = await readSoundImage(path);
  if (file === null) return null;
  const { width, height, infotext } = file.header;
  const { byteCount, savedAt } = file;
  const told = { ...unknownImage(path), ...(infotext === null ? {} : factsOfInfotext(infotext)) };
  const seed = told.seed ?? seedIn(basename(path));
  return { ...told, seed, width, height, byteCount, savedAt, choice: undecided };
}

function isImageName(name: string, all: ReadonlySet<string>): boolean {
  if (isUnlisted(name) || isGrid(name) || isVariant(name) || !looksLikeImage(name)) return false;
  const twin = twinOf(name);
  return twin === null || !all.has(twin);
}

/** Empty when it cannot be read: a folder may go while we look. */
async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => []);
}

async function isDirectory(path: string): Promise<boolean> {
  return await stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
