import { setTimeout as after } from 'node:timers/promises';
import type { FileIndex } from './file-index.ts';
import { isGrid, isVariant, twinOf } from './file-name.ts';
import { isPlain } from './find-defect.ts';
import { foundImage } from './found-image.ts';
import type { FoundImage } from './gallery.ts';
import { readImageFile } from './read-image-header.ts';
import { learnFile } from './read-visible-rows.ts';

export type ImageSearch = {
  readonly seeds: readonly number[];
  /** ms since epoch. */
  readonly sinceMs: number;
  readonly patienceMs: number;
};

export type FinderOptions = {
  readonly index: FileIndex;
  /** When the files that were there at the start had all been listed, ms since epoch. */
  readonly loadedAt: () => number;
  /** Reads the folders again where they changed. */
  readonly check: () => Promise<void>;
};

/** Clocks and file times differ by so much on one machine (FAT keeps two seconds). */
const slackMs = 2000;

/** How many of the newest files are considered at most: far more than any generation makes. */
const mostCandidates = 5000;

/** A file whose name tells no seed is opened when it is among so many newest. */
const mostOpened = 64;

/** Events get this long to come before the folders are read again. */
const eventPatienceMs = 150;
const longestPauseMs = 1000;

/**
 * Finds the images of a generation among the listed files: not attributed yet, of one of the seeds, complete. A file that came while
 * the list was followed counts by when it came, as a file server's clock may be off; one that was there before, by its own time.
 * Where several files have one seed, the oldest is taken: the WebUI works in the order in which it was asked.
 */
export async function findImages(options: FinderOptions, search: ImageSearch): Promise<FoundImage[]> {
  const startedAt = performance.now();
  const elapsedMs = () => performance.now() - startedAt;
  let found = await look(options, search);
  for (
    let pauseMs = 20;
    found.size < new Set(search.seeds).size;
    pauseMs = Math.min(pauseMs * 1.6, longestPauseMs)
  ) {
    const isLastLook = elapsedMs() + pauseMs >= search.patienceMs;
    await after(Math.max(0, Math.min(pauseMs, search.patienceMs - elapsedMs())));
    if (isLastLook || elapsedMs() > eventPatienceMs) await options.check();
    found = await look(options, search);
    if (isLastLook) break;
  }
  return search.seeds.flatMap((seed) => found.get(seed) ?? []);
}

async function look(
  { index, loadedAt }: FinderOptions,
  { seeds, sinceMs }: ImageSearch,
): Promise<Map<number, FoundImage>> {
  const wanted = new Set(seeds);
  const oldestMs = sinceMs - slackMs;
  const found = new Map<number, FoundImage>();
  for (const [place, id] of recentIds(index, oldestMs).entries()) {
    if (!isCandidate(index, id)) continue;
    const { seed } = index.rowOf(id);
    // The infotext may tell another seed than the name, or the only one.
    const isUnknown = index.isUnread(id) && place < mostOpened;
    if (!isUnknown && (seed === null || !wanted.has(seed))) continue;
    const isRecent = index.listedAt(id) > loadedAt();
    const image = listedImage(index, id) ?? (await readImage(index, id));
    if (image && wanted.has(image.seed) && (isRecent || image.savedAt >= oldestMs))
      found.set(image.seed, image);
  }
  return found;
}

/** What the list knows already: whoever looked at the file's arrival has read it, and reads it again where it changes. */
function listedImage(index: FileIndex, id: number): FoundImage | null {
  if (index.isUnread(id)) return null;
  const { seed, width, height, byteCount, savedAt } = index.rowOf(id);
  if (seed === null || width === null || height === null || byteCount === null) return null;
  const metadataByteCount = index.metadataByteCountOf(id);
  const facts = { width, height, byteCount };
  return {
    ...facts,
    seed,
    path: index.pathOf(id),
    savedAt,
    isPlain: isPlain({ ...facts, metadataByteCount }),
  };
}

async function readImage(index: FileIndex, id: number): Promise<FoundImage | null> {
  const path = index.pathOf(id);
  const file = await readImageFile(path);
  const image = foundImage(path, file);
  if (file && image && index.isUnread(id)) learnFile(index, id, file);
  return image;
}

/** Newest first, so that of several files with one seed the oldest is the last to be seen. */
function recentIds(index: FileIndex, oldestMs: number): number[] {
  index.settle();
  const ids: number[] = [];
  for (let place = 0; place < Math.min(index.count, mostCandidates); place++) {
    const id = index.idFromNewest(place);
    if (index.listedAt(id) < oldestMs) break;
    ids.push(id);
  }
  return ids;
}

function isCandidate(index: FileIndex, id: number): boolean {
  if (!index.has(id) || index.isOurs(id)) return false;
  const name = index.nameOf(id);
  if (isGrid(name) || isVariant(name)) return false;
  const twin = twinOf(name);
  return twin === null || !index.folder(index.folderOf(id)).ids.has(twin);
}
