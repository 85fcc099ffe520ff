import { splitHash } from '../generation/checkpoint-names.ts';
import type { Generation } from '../generation/generation.ts';

/**
 * What a shape (checkpoint and size as planned) was found to have memory for. A shape that is not in the list is asked for as it was
 * planned.
 */
export type Adaptation = {
  readonly shape: string;
  /** Images sampled together at most; null for as many as planned. */
  readonly batchSize: number | null;
  /** How often the sides were made a quarter shorter. */
  readonly shrinkCount: number;
  /** Generations in a row that went well since the last change. */
  readonly goodCount: number;
  /** So many of them, then one rung back is tried. */
  readonly climbAfter: number;
  /** Whether the rung was climbed back to and has not held for `climbAfter` generations yet. */
  readonly isClimbing: boolean;
  /** Whether the WebUI's memory was freed since the last change: it is not freed for every second generation. */
  readonly hasFreed: boolean;
};

/** Sides of about two fifths: what does not fit then is no matter of size. */
const maxShrinkCount = 3;

const firstClimbAfter = 20;

/** A climb that fails costs a generation's time, so it becomes rare: after a whole night there is one in hours. */
const lastClimbAfter = 640;

/** Rotating over more checkpoints and sizes than this forgets the oldest. */
const maxAdaptationCount = 16;

/** Equal for generations that need the same memory. A title gains its hash when the file is first loaded (webui-api.md 2.1). */
export function memoryShapeOf({
  checkpoint,
  parameters,
  asked,
}: Pick<Generation, 'checkpoint' | 'parameters' | 'asked'>): string {
  const scale = asked?.hires ? [asked.hires.scale] : [];
  return JSON.stringify([splitHash(checkpoint).name, parameters.width, parameters.height, ...scale]);
}

export function adaptationOf(adaptations: readonly Adaptation[], shape: string): Adaptation | null {
  return adaptations.find((each) => each.shape === shape) ?? null;
}

/** The list with what is now known of a shape; null forgets it. */
export function withAdaptation(
  adaptations: readonly Adaptation[],
  shape: string,
  next: Adaptation | null,
): readonly Adaptation[] {
  const others = adaptations.filter((each) => each.shape !== shape);
  return next === null ? others : [...others, next].slice(-maxAdaptationCount);
}

/** The next thing to try after memory ran out. */
export type Rung =
  | { readonly kind: 'free-memory'; readonly adaptation: Adaptation }
  | { readonly kind: 'smaller-batch'; readonly adaptation: Adaptation }
  | { readonly kind: 'smaller-size'; readonly adaptation: Adaptation }
  /** Nothing is left to try; what was learnt stays. */
  | { readonly kind: 'give-up'; readonly adaptation: Adaptation };

/**
 * One rung down, after a request of so many images at once ran out of memory: the memory is freed first, where that is possible, then
 * batches are halved, then sides are shortened. A climb that fails falls back at once and waits twice as long.
 */
export function stepDown(
  adaptations: readonly Adaptation[],
  shape: string,
  tried: { readonly batchSize: number; readonly canFree: boolean; readonly mayShrink: boolean },
): Rung {
  const known = adaptationOf(adaptations, shape) ?? untouched(shape);
  const limit = known.batchSize ?? tried.batchSize;
  // The request behind the first one was sent before anything was learnt.
  if (tried.batchSize > limit) return { kind: 'smaller-batch', adaptation: { ...known, goodCount: 0 } };
  if (!known.isClimbing && tried.canFree && !known.hasFreed) {
    return { kind: 'free-memory', adaptation: { ...known, goodCount: 0, hasFreed: true } };
  }
  const climbAfter = known.isClimbing ? Math.min(2 * known.climbAfter, lastClimbAfter) : known.climbAfter;
  const lower = { ...known, goodCount: 0, isClimbing: false, climbAfter };
  if (tried.batchSize > 1) {
    return { kind: 'smaller-batch', adaptation: { ...lower, batchSize: Math.floor(tried.batchSize / 2) } };
  }
  if (tried.mayShrink && known.shrinkCount < maxShrinkCount) {
    return { kind: 'smaller-size', adaptation: { ...lower, shrinkCount: known.shrinkCount + 1 } };
  }
  return { kind: 'give-up', adaptation: { ...lower, hasFreed: false } };
}

/**
 * What a generation that went well means for its shape: after enough of them one rung back is tried, first the size, then the batch,
 * until the shape is as planned again and has held: then null.
 */
export function stepUp(
  known: Adaptation,
  plannedBatchSize: number,
): { readonly adaptation: Adaptation | null; readonly hasClimbed: boolean } {
  const goodCount = known.goodCount + 1;
  const isAsPlanned = known.batchSize === null && known.shrinkCount === 0;
  if (goodCount < known.climbAfter) {
    return { adaptation: { ...known, goodCount }, hasClimbed: false };
  }
  if (isAsPlanned) return { adaptation: null, hasClimbed: false };
  const climbed = { ...known, goodCount: 0, isClimbing: true, hasFreed: false };
  if (known.shrinkCount > 0) {
    return { adaptation: { ...climbed, shrinkCount: known.shrinkCount - 1 }, hasClimbed: true };
  }
  const doubled = 2 * (known.batchSize ?? plannedBatchSize);
  const batchSize = doubled >= plannedBatchSize ? null : doubled;
  return { adaptation: { ...climbed, batchSize }, hasClimbed: true };
}

function untouched(shape: string): Adaptation {
  return {
    shape,
    batchSize: null,
    shrinkCount: 0,
    goodCount: 0,
    climbAfter: firstClimbAfter,
    isClimbing: false,
    hasFreed: false,
  };
}
