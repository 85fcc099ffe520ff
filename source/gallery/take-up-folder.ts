import { join } from 'node:path';
import type { Arrivals } from './arrivals.ts';
import type { FileIndex } from './file-index.ts';
import { isNumbered } from './file-name.ts';
import { forEachInSlices, sortInSlices } from './in-slices.ts';
import { compareByNumber, type FolderListing, listFolder } from './list-folder.ts';
import { statFiles } from './stat-files.ts';

export type TakeUp = {
  readonly path: string;
  readonly index: FileIndex;
  readonly arrivals: Arrivals;
  readonly signal: AbortSignal;
  readonly onProgress: (count: number) => void;
};

/** So many files are looked at one by one when a folder is read; of more, the newest so many, as only those can still be growing. */
const lookedAtCount = 200;

/**
 * Reads a folder and brings the index in line with it: names that are gone leave, new ones come in at the top, oldest first. Resolves
 * to the listing and to how many names were new.
 */
export async function takeUpFolder(
  takeUp: TakeUp,
): Promise<{ readonly listing: FolderListing; readonly unknownCount: number }> {
  const { path, index, arrivals, signal, onProgress } = takeUp;
  const listing = await listFolder(path, { onProgress, signal });
  if (signal.aborted) return { listing, unknownCount: 0 };
  const { ids } = index.folder(path);
  const unknown: string[] = [];
  let knownCount = 0;
  await forEachInSlices(
    listing.files,
    (name) => {
      if (ids.has(name)) knownCount++;
      else if (!arrivals.isAwaited(path, name)) unknown.push(name);
    },
    signal,
  );
  if (knownCount < ids.size) await removeMissing(takeUp, listing.files);
  const ordered = await orderOldestFirst(path, unknown);
  await forEachInSlices(ordered.slice(0, -lookedAtCount), (name) => index.append(path, name), signal);
  for (const name of ordered.slice(-lookedAtCount)) {
    // Bytes that are no UTF-8 are lost in the name, so the file cannot be opened by it.
    if (name.includes('\ufffd')) index.append(path, name);
    else arrivals.note(path, name);
  }
  return { listing, unknownCount: unknown.length };
}

async function removeMissing({ path, index, arrivals, signal }: TakeUp, names: string[]): Promise<void> {
  const listed = new Set<string>();
  await forEachInSlices(names, (name) => listed.add(name), signal);
  const { ids } = index.folder(path);
  await forEachInSlices(
    [...ids.keys()],
    (name) => {
      if (listed.has(name)) return;
      // It may have come after the listing was made.
      if (name.includes('\ufffd')) index.remove(path, name);
      else arrivals.note(path, name);
    },
    signal,
  );
}

/** By A1111's numbers; where most names have none (seeds or words only), by modification time. */
async function orderOldestFirst(path: string, names: readonly string[]): Promise<string[]> {
  const numberedCount = names.reduce((count, name) => count + Number(isNumbered(name)), 0);
  if (names.length < 2 || numberedCount * 2 >= names.length) return sortInSlices(names, compareByNumber);
  const stats = await statFiles(names.map((name) => join(path, name)));
  const aged = names.map((name, index) => ({ name, at: stats[index]?.mtimeMs ?? 0 }));
  const sorted = await sortInSlices(
    aged,
    (left, right) => left.at - right.at || compareByNumber(left.name, right.name),
  );
  return sorted.map(({ name }) => name);
}
