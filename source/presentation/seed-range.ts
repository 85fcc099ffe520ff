import { type Generation, imageCountOf } from '../generation/generation.ts';

/**
 * The seeds of a generation in short: `seed 3005953957`, or the whole first one and the end of the last: `seeds 3005953957 … 60`.
 * The end has two digits, or as many as differ.
 */
export function formatSeeds(generation: Generation, ellipsis: string): string {
  const first = String(generation.firstSeed);
  const last = String(generation.firstSeed + imageCountOf(generation) - 1);
  if (first === last) return `seed ${first}`;
  return `seeds ${first} ${ellipsis} ${last.length === first.length ? last.slice(tailStart(first, last)) : last}`;
}

function tailStart(first: string, last: string): number {
  let same = 0;
  while (first[same] === last[same]) same += 1;
  return Math.max(0, Math.min(same, first.length - 2));
}
