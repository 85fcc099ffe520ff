import type { FileIndex } from './file-index.ts';
import { sliceLength } from './in-slices.ts';

/** The files that a filter lets through, newest first, found a slice at a time. */
export type FilteredFiles = {
  readonly text: string;
  readonly count: number;
  idFromNewest(place: number): number;
  /** How many matches are newer than this id. */
  placeOf(id: number): number;
  /** Takes in files that came or went since the last call; to be called before places are counted. */
  settle(): void;
  /** Looks again at a file of which more is known now. */
  retest(id: number): void;
  close(): void;
};

/**
 * Matches the name, the seed or `#generation`, whatever the case. The newest files are looked through at once, so that a first screen
 * is right; the others in slices, with `onProgress` after each.
 */
export function filterFiles(index: FileIndex, text: string, onProgress: () => void): FilteredFiles {
  const wanted = text.toLowerCase();
  const mayBeNumber = /^#?\d+$/.test(wanted);
  /** Ids of files that came after the filter was set, oldest first, then of those before it, newest first. */
  let later: number[] = [];
  let earlier: number[] = [];
  let highestSeen = index.idFromNewest(0);
  const firstLater = highestSeen + 1;
  let lowestSeen = firstLater;
  let seenRemovals = index.removalCount;
  let timer: NodeJS.Immediate | undefined;

  function isMatch(id: number): boolean {
    const name = index.nameOf(id);
    if (name.toLowerCase().includes(wanted)) return true;
    if (!mayBeNumber) return false;
    const { seed, generationId } = index.rowOf(id);
    return (
      String(seed ?? '').includes(wanted) || (generationId !== null && `#${generationId}`.includes(wanted))
    );
  }

  function lookThroughSlice(): void {
    index.settle();
    let place = index.placeOf(lowestSeen);
    const end = Math.min(index.count, place + sliceLength);
    for (; place < end; place++) {
      const id = index.idFromNewest(place);
      if (id >= lowestSeen) continue;
      lowestSeen = id;
      if (isMatch(id)) earlier.push(id);
    }
    if (place < index.count) timer = setImmediate(goOn);
  }

  function goOn(): void {
    lookThroughSlice();
    onProgress();
  }

  lookThroughSlice();

  return {
    text,
    get count() {
      return later.length + earlier.length;
    },
    idFromNewest: (place) =>
      (place < later.length ? later[later.length - 1 - place] : earlier[place - later.length]) ?? 0,
    placeOf(id) {
      const newerCount = later.length - firstAtLeast(later, id + 1);
      return newerCount < later.length ? newerCount : newerCount + firstBelow(earlier, id + 1);
    },
    settle() {
      index.settle();
      const arrived: number[] = [];
      for (let place = 0; place < index.count && index.idFromNewest(place) > highestSeen; place++) {
        arrived.push(index.idFromNewest(place));
      }
      highestSeen = arrived[0] ?? highestSeen;
      if (index.removalCount !== seenRemovals) {
        later = later.filter(index.has);
        earlier = earlier.filter(index.has);
        seenRemovals = index.removalCount;
      }
      for (const id of arrived.reverse()) if (isMatch(id)) later.push(id);
    },
    retest(id) {
      const isSeen = id <= highestSeen && id >= lowestSeen;
      if (!isSeen || !isMatch(id)) return;
      const isEarlier = id < firstLater;
      const matches = isEarlier ? earlier : later;
      const place = isEarlier ? firstBelow(matches, id + 1) : firstAtLeast(matches, id);
      if (matches[place] !== id) matches.splice(place, 0, id);
    },
    close: () => clearImmediate(timer),
  };
}

/** In an ascending list, the place of the first number that is not below. */
function firstAtLeast(ascending: readonly number[], bound: number): number {
  return halve(ascending.length, (place) => (ascending[place] ?? 0) >= bound);
}

/** In a descending list, the place of the first number below. */
function firstBelow(descending: readonly number[], bound: number): number {
  return halve(descending.length, (place) => (descending[place] ?? 0) < bound);
}

function halve(length: number, isPast: (place: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isPast(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
