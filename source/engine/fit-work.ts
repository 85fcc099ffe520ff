import { type Generation, imageCountOf, seedsOf } from '../generation/generation.ts';
import { type SizeRule, smallerSize } from '../generation/generation-limits.ts';
import type { GenerationParameters } from '../generation/parameters.ts';
import type { Work } from './lane.ts';

/** How much may be asked for in one request. */
export type Room = {
  readonly batchSize: number;
  readonly batchCount: number;
  /** Images in all. */
  readonly imageCount: number;
  /** How often the sides are made a quarter shorter than planned. */
  readonly shrinkCount: number;
  readonly sizeRule: SizeRule;
};

/** Parameters that fit into the room: smaller batches and, as far as there is room, more of them, so that the images stay as many. */
export function fitBatches(parameters: GenerationParameters, room: Room): GenerationParameters {
  const batchSize = Math.max(1, Math.min(parameters.batchSize, room.batchSize, room.imageCount));
  const wantedCount = Math.floor((parameters.batchSize * parameters.batchCount) / batchSize);
  const batchCount = Math.max(
    1,
    Math.min(wantedCount, room.batchCount, Math.floor(room.imageCount / batchSize)),
  );
  return { ...parameters, batchSize, batchCount };
}

/**
 * The work with a request that fits into the room. Its seeds stay the same: those of images that do not fit are sent for in later
 * requests, and those that did not fit before are taken in where there is room again.
 */
export function fitWork(work: Work, room: Room): Work {
  const seeds = [...seedsOf(work.request), ...work.laterSeeds];
  const runLength = lengthOfRun(seeds);
  const { planned } = work;
  const batchSize = Math.min(planned.parameters.batchSize, runLength);
  const wish = {
    ...work.request.parameters,
    ...smallerSize(planned.parameters, room.shrinkCount, room.sizeRule),
    batchSize,
    batchCount: 1,
  };
  const fitted = fitBatches({ ...wish, batchCount: Math.floor(runLength / batchSize) }, room);
  const request: Generation = { ...work.request, parameters: fitted, firstSeed: seeds[0] ?? 0 };
  return { ...work, request, laterSeeds: seeds.slice(imageCountOf(request)) };
}

/** How many of the seeds, from the first on, count up one by one: only they can be asked for together. */
export function lengthOfRun(seeds: readonly number[]): number {
  const first = seeds[0] ?? 0;
  const end = seeds.findIndex((seed, index) => seed !== first + index);
  return end < 0 ? seeds.length : end;
}
