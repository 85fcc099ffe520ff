import type { Generation } from '../generation/generation.ts';
import type { GenerationParameters } from '../generation/parameters.ts';
import { maxSeed } from '../generation/seed.ts';
import type { Order } from './order.ts';
import type { Plan } from './plan.ts';

/** How far a plan has been worked through. */
export type PlanPosition = {
  readonly nextGenerationId: number;
  /** Images planned so far towards the goal, without those of generations that were given back. */
  readonly plannedImageCount: number;
  /** The seed after the last planned image; null unless the plan counts its seeds. */
  readonly nextCountingSeed: number | null;
  /** What a person asked for beside the plan and that waits, oldest first; absent where nothing was ever asked for. */
  readonly orders?: readonly Order[];
};

/** The beginning of a plan; a run that already made generations goes on with its numbers. */
export function startPosition(plan: Plan, nextGenerationId = 1): PlanPosition {
  return { nextGenerationId, plannedImageCount: 0, nextCountingSeed: firstCountingSeed(plan) };
}

/**
 * What to generate next, and the position after it; null once the planned images cover the goal. `chance` is a uniform
 * 32-bit unsigned integer and decides a random seed. The last generation before a goal is made smaller, so that exactly the images
 * asked for are planned. Random and counted seeds stay within `lastSeed`; a fixed one is taken as it is, since one beyond is refused
 * before.
 */
export function nextGeneration(
  plan: Plan,
  position: PlanPosition,
  chance: number,
  lastSeed = maxSeed,
): { readonly generation: Generation; readonly position: PlanPosition } | null {
  const parameters = fitToGoal(plan, position.plannedImageCount);
  if (!parameters) return null;
  const imageCount = parameters.batchSize * parameters.batchCount;
  const firstSeed = firstSeedOf(plan, position, chance, { imageCount, lastSeed });
  return {
    generation: { id: position.nextGenerationId, checkpoint: plan.checkpoint, parameters, firstSeed },
    position: {
      ...position,
      nextGenerationId: position.nextGenerationId + 1,
      plannedImageCount: position.plannedImageCount + imageCount,
      nextCountingSeed:
        plan.seed.kind === 'counting' ? wrap(firstSeed + imageCount, { imageCount: 1, lastSeed }) : null,
    },
  };
}

/** The position once images that were planned can no longer come: a goal plans others in their place, with new seeds. */
export function giveBack(position: PlanPosition, imageCount: number): PlanPosition {
  return { ...position, plannedImageCount: Math.max(0, position.plannedImageCount - imageCount) };
}

/** The position in a changed plan: numbers go on, and so does counting unless the seed choice itself changed. */
export function replan(before: Plan, after: Plan, position: PlanPosition): PlanPosition {
  const isSameCount =
    before.seed.kind === 'counting' && after.seed.kind === 'counting' && before.seed.from === after.seed.from;
  return isSameCount ? position : { ...position, nextCountingSeed: firstCountingSeed(after) };
}

function firstCountingSeed(plan: Plan): number | null {
  return plan.seed.kind === 'counting' ? plan.seed.from : null;
}

/** The plan's parameters, smaller where fewer images are left to plan than they make; null when none are. */
function fitToGoal({ parameters, goal }: Plan, plannedImageCount: number): GenerationParameters | null {
  if (!goal) return parameters;
  const leftCount = goal.count - plannedImageCount;
  const { batchSize, batchCount } = parameters;
  if (leftCount <= 0) return null;
  if (leftCount >= batchSize * batchCount) return parameters;
  if (leftCount < batchSize) return { ...parameters, batchSize: leftCount, batchCount: 1 };
  return { ...parameters, batchCount: Math.floor(leftCount / batchSize) };
}

type SeedRoom = { readonly imageCount: number; readonly lastSeed: number };

function firstSeedOf(plan: Plan, position: PlanPosition, chance: number, room: SeedRoom): number {
  switch (plan.seed.kind) {
    case 'random':
      return chance % (room.lastSeed - room.imageCount + 2);
    case 'counting':
      return wrap(position.nextCountingSeed ?? plan.seed.from, room);
    case 'fixed':
      return plan.seed.seed;
  }
}

/** Starts again at 0 where the images' consecutive seeds would pass the largest one. */
function wrap(firstSeed: number, { imageCount, lastSeed }: SeedRoom): number {
  return firstSeed + imageCount - 1 > lastSeed ? 0 : firstSeed;
}
