import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { looksLikeImage, seedIn } from '../gallery/file-name.ts';
import { seedInInfotext } from '../gallery/infotext-seed.ts';
import { compareByNumber, listFolder } from '../gallery/list-folder.ts';
import { readImageFile } from '../gallery/read-image-header.ts';
import type { ChoosableImage, Chooser, ChoosingFilter, ChoosingWindow } from '../presentation/choosing.ts';
import { undecided } from '../presentation/choosing.ts';
import { factsOfInfotext, type ImageFacts, unknownImage } from '../presentation/image-facts.ts';
import { fileProblem } from './trouble.ts';

/** A folder is read again when somebody asks for its revision so long after it was read, ms. */
const rereadAfterMs = 3000;

/** Folders below each other: WebUIs sort by day, and people by subject and day. */
const deepest = 4;

/** For words of the prompt files have to be read: so many of the newest. */
const mostRead = 5000;

const readAtOnce = 16;

/**
 * The images in a folder and the folders below it, whoever made them, newest first by their folder's name and their number. What was decided
 * about them is kept where the chooser keeps it. Words of the prompt are looked for in the newest 5000 files.
 */
export function openFolderChooser(directory: string, chooser: Chooser): Chooser {
  /** What files themselves say; kept, since a file that was read once is rarely another later. */
  const facts = new Map<string, ImageFacts>();
  let paths: readonly string[] | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let readingCount = 0;
  let reading: Promise<readonly string[]> | null = null;
  let found: { readonly key: string; readonly paths: readonly string[] } | null = null;

  function read(): Promise<readonly string[]> {
    reading ??= listImages(directory)
      .then((listed) => {
        const isSame =
          paths !== null &&
          paths.length === listed.length &&
          paths.every((path, index) => path === listed[index]);
        if (!isSame) readingCount++;
        paths = isSame && paths !== null ? paths : listed;
        return paths;
      })
      .finally(() => {
        readAt = performance.now();
        reading = null;
      });
    return reading;
  }

  async function factsOf(path: string): Promise<ImageFacts | null> {
    const known = facts.get(path);
    if (known) return known;
    const fresh = await readFactsOf(path);
    if (fresh !== null) facts.set(path, fresh);
    if (facts.size > 4 * mostRead) facts.delete(facts.keys().next().value ?? '');
    return fresh;
  }

  async function list({ filter, sort, firstIndex, count }: ChoosingWindow) {
    const all = paths ?? (await read());
    const key = JSON.stringify([filter, sort, revision()]);
    if (found?.key !== key) found = { key, paths: await select(all, filter, sort) };
    const first = Math.max(0, Math.min(firstIndex, found.paths.length - count));
    const window = found.paths.slice(first, first + count);
    await forgetChanged(window);
    const choices = await chooser.choicesOf(window);
    const images = await Promise.all(
      window.map(async (path, index): Promise<ChoosableImage> => {
        const { choice, look } = choices[index] ?? { choice: undecided, look: null };
        return { ...((await factsOf(path)) ?? unknownImage(path)), choice, look };
      }),
    );
    return { ok: true, totalCount: found.paths.length, firstIndex: first, images } as const;
  }

  /** A file that was replaced says something else now. */
  async function forgetChanged(window: readonly string[]): Promise<void> {
    await Promise.all(
      window.map(async (path) => {
        const known = facts.get(path);
        if (!known) return;
        const stats = await stat(path).catch(() => null);
        if (stats?.size !== known.byteCount || stats.mtimeMs !== known.savedAt) facts.delete(path);
      }),
    );
  }

  async function select(
    all: readonly string[],
    filter: ChoosingFilter,
    sort: ChoosingWindow['sort'],
  ): Promise<readonly string[]> {
    let left = all;
    const { name, seed, model, prompt, since, minStars, look, verdict } = filter;
    if (name !== null) {
      const part = name.toLowerCase();
      left = left.filter((path) => basename(path).toLowerCase().includes(part));
    }
    const isDecided = sort === 'best' || minStars > 0 || look !== null || verdict === 'kept';
    if (isDecided)
      left = await decided(left, { ...filter, model: null, prompt: null, seed: null, name: null }, sort);
    else if (verdict === 'rejected') left = [];
    if (seed === null && model === null && prompt === null && since === null) return left;
    const words = (prompt ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const passes = (image: ImageFacts | null) =>
      image !== null &&
      (seed === null || image.seed === seed) &&
      (model === null || (image.checkpoint ?? '').toLowerCase().includes(model.toLowerCase())) &&
      (since === null || image.savedAt >= since) &&
      words.every((word) => (image.prompt ?? '').toLowerCase().includes(word));
    const kept: string[] = [];
    const candidates = left.slice(0, mostRead);
    for (let start = 0; start < candidates.length; start += readAtOnce) {
      const batch = candidates.slice(start, start + readAtOnce);
      const images = await Promise.all(batch.map(factsOf));
      kept.push(...batch.filter((_, index) => passes(images[index] ?? null)));
    }
    return kept;
  }

  /** Of what was decided, which is little, that which lies in this folder. */
  async function decided(left: readonly string[], filter: ChoosingFilter, sort: ChoosingWindow['sort']) {
    const inFolder = new Set(left);
    const listed = await chooser.list({ filter, sort, firstIndex: 0, count: 100_000 });
    return listed.ok ? listed.images.map(({ path }) => path).filter((path) => inFolder.has(path)) : [];
  }

  /** Changes with the folder and with every choice. */
  function revision(): number {
    if (performance.now() - readAt > rereadAfterMs) void read().catch(() => undefined);
    return chooser.revision() * 1_000_000 + readingCount;
  }

  return {
    ...chooser,
    async list(window) {
      try {
        return await list(window);
      } catch (error) {
        return { ok: false, reason: fileProblem(error, directory, 'read', 'folder') };
      }
    },
    async choose(chosen, decision) {
      const result = await chooser.choose(chosen, decision);
      await read().catch(() => undefined);
      return result;
    },
    async undo() {
      const result = await chooser.undo();
      await read().catch(() => undefined);
      return result;
    },
    revision,
  };
}

/** Paths of images, newest first as far as names tell: later folders, then higher numbers. Throws the file system's error. */
async function listImages(directory: string, depth = 0): Promise<string[]> {
  const { files, folders } = await listFolder(directory);
  const paths = files
    .filter(looksLikeImage)
    .sort(compareByNumber)
    .reverse()
    .map((name) => join(directory, name));
  if (depth >= deepest) return paths;
  for (const folder of folders
    .filter((name) => !name.startsWith('.'))
    .sort()
    .reverse()) {
    // One that may not be read hides none of the others.
    const below = await listImages(join(directory, folder), depth + 1).catch(() => []);
    for (const path of below) paths.push(path);
  }
  return paths;
}

async function readFactsOf(path: string): Promise<ImageFacts | null> {
  const file = await readImageFile(path);
  if (file === null) return null;
  const { header, byteCount, savedAt } = file;
  const infotext = header?.infotext ?? null;
  return {
    ...unknownImage(path),
    ...(infotext === null ? {} : factsOfInfotext(infotext)),
    byteCount,
    savedAt,
    width: header?.width ?? null,
    height: header?.height ?? null,
    seed: (infotext === null ? null : seedInInfotext(infotext)) ?? seedIn(basename(path)),
  };
}

/** Whether a path names a folder that can be listed: a sentence where it does not. */
export async function folderTrouble(directory: string): Promise<string | null> {
  try {
    const stats = await stat(directory);
    return stats.isDirectory()
      ? null
      : `${directory} is no folder: name ${dirname(directory)}, or use \`sdloop show\`.`;
  } catch (error) {
    return fileProblem(error, directory, 'read', 'folder');
  }
}
