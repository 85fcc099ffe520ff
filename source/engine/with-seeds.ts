import type { Generation } from '../generation/generation.ts';
import { lengthOfRun } from './fit-work.ts';
import type { Work } from './lane.ts';

/** The work with these seeds left to make: those that follow one another in its request, the others after it. */
export function withSeeds(work: Work, seeds: readonly number[]): Work {
  const count = lengthOfRun(seeds);
  const request = requestFor(work.request, seeds.slice(0, count));
  return { ...work, request, laterSeeds: seeds.slice(count) };
}

function requestFor(generation: Generation, seeds: readonly number[]): Generation {
  let batchSize = Math.max(1, Math.min(generation.parameters.batchSize, seeds.length));
  while (seeds.length % batchSize !== 0) batchSize--;
  return {
    ...generation,
    firstSeed: seeds[0] ?? generation.firstSeed,
    parameters: { ...generation.parameters, batchSize, batchCount: seeds.length / batchSize },
  };
}
