import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { datedFolder, isGrid, isUnlisted, isVariant, looksLikeImage, seedIn, twinOf } from './file-name.ts';
import { foundImage } from './found-image.ts';
import type { FoundImage } from './gallery.ts';
import { readImageFile } from './read-image-header.ts';

export type FolderSearch = {
  /** Holds the dated folders, absolute. */
  readonly directory: string;
  readonly seeds: readonly number[];
  /** When the generation was planned, ms since epoch. */
  readonly sinceMs: number;
  /** Whether a file is known to be another generation's. */
  readonly isTaken: (path: string) => boolean;
};

/** Clocks and file times differ by so much on one machine (FAT keeps two seconds). */
const slackMs = 2000;

/** Files whose name tells no seed are opened when they are among so many youngest. */
const mostOpened = 200;

/**
 * Finds images of a generation from before this runner, straight on the disk: in the directory itself and in the folders of the days
 * around its planning, which are no longer followed. The oldest of several files with one seed is taken, as a WebUI works in order.
 */
export async function findInFolders(search: FolderSearch): Promise<FoundImage[]> {
  const { directory, sinceMs, seeds } = search;
  const days = [-1, 0, 1].map((offset) => join(directory, datedFolder(sinceMs, offset)));
  const found = new Map<number, FoundImage>();
  for (const folder of [...days, directory]) {
    for (const image of await findInFolder(search, folder)) {
      const other = found.get(image.seed);
      if (!other || image.savedAt < other.savedAt) found.set(image.seed, image);
    }
  }
  return seeds.flatMap((seed) => found.get(seed) ?? []);
}

async function findInFolder(search: FolderSearch, folder: string): Promise<FoundImage[]> {
  const wanted = new Set(search.seeds);
  const names = new Set(await readdir(folder).catch(() => []));
  const candidates: string[] = [];
  const nameless: string[] = [];
  for (const name of names) {
    if (!isImage(name, names) || search.isTaken(join(folder, name))) continue;
    const seed = seedIn(name);
    if (seed === null) nameless.push(name);
    else if (wanted.has(seed)) candidates.push(name);
  }
  const young = await youngest(folder, nameless, search.sinceMs - slackMs);
  const images = await Promise.all(
    [...candidates, ...young]
      .map((name) => join(folder, name))
      .map(async (path) => foundImage(path, await readImageFile(path))),
  );
  return images.filter(
    (image): image is FoundImage =>
      image !== null && wanted.has(image.seed) && image.savedAt >= search.sinceMs - slackMs,
  );
}

function isImage(name: string, all: ReadonlySet<string>): boolean {
  if (isUnlisted(name) || isGrid(name) || isVariant(name) || !looksLikeImage(name)) return false;
  const twin = twinOf(name);
  return twin === null || !all.has(twin);
}

async function youngest(folder: string, names: readonly string[], sinceMs: number): Promise<string[]> {
  const aged: { name: string; at: number }[] = [];
  // One after the other: a hundred thousand questions at once would only queue.
  for (const name of names) {
    const stats = await stat(join(folder, name)).catch(() => null);
    if (stats && stats.mtimeMs >= sinceMs) aged.push({ name, at: stats.mtimeMs });
  }
  aged.sort((one, other) => one.at - other.at);
  return aged.slice(0, mostOpened).map(({ name }) => name);
}
