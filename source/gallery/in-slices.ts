import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work of a few milliseconds: after each slice the event loop gets its turn. */
export const sliceLength = 4096;

/** Does something to each item, a slice at a time; ends early when `signal` is aborted. */
export async function forEachInSlices<T>(
  items: readonly T[],
  each: (item: T) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let start = 0; start < items.length; start += sliceLength) {
    if (start > 0) await nextTurn();
    if (signal.aborted) return;
    const end = Math.min(start + sliceLength, items.length);
    for (let index = start; index < end; index++) each(items[index] as T);
  }
}

/** Sorts without holding the event loop: slices are sorted on their own, then merged a slice at a time. */
export async function sortInSlices<T>(
  items: readonly T[],
  compare: (left: T, right: T) => number,
): Promise<T[]> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += sliceLength) {
    if (start > 0) await nextTurn();
    runs.push(items.slice(start, start + sliceLength).sort(compare));
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      const left = runs[index] as T[];
      const right = runs[index + 1];
      merged.push(right ? await merge(left, right, compare) : left);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<T>(left: T[], right: T[], compare: (left: T, right: T) => number): Promise<T[]> {
  const merged: T[] = [];
  let fromLeft = 0;
  let fromRight = 0;
  while (fromLeft < left.length || fromRight < right.length) {
    if (merged.length % sliceLength === sliceLength - 1) await nextTurn();
    const takesLeft =
      fromRight >= right.length ||
      (fromLeft < left.length && compare(left[fromLeft] as T, right[fromRight] as T) <= 0);
    merged.push((takesLeft ? left[fromLeft++] : right[fromRight++]) as T);
  }
  return merged;
}
