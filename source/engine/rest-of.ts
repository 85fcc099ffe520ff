import type { Generation } from '../generation/generation.ts';

/** The request for the seeds that are missing. They are a run: images are written in the order of their seeds. */
export function restOf(generation: Generation, missing: readonly number[]): Generation {
  const first = missing[0] ?? generation.firstSeed;
  const last = missing.at(-1) ?? first;
  const count = last - first + 1;
  let batchSize = Math.min(generation.parameters.batchSize, count);
  while (count % batchSize !== 0) batchSize--;
  return {
    ...generation,
    firstSeed: first,
    parameters: { ...generation.parameters, batchSize, batchCount: count / batchSize },
  };
}
