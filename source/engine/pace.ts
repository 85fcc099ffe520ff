import { type Generation, imageCountOf } from '../generation/generation.ts';

/** How long generations and round trips lately took: what the time of sending the next request is worked out from. */
export type Pace = {
  /** The most recently used shape last. */
  readonly shapes: readonly { readonly key: string; readonly durationsMs: readonly number[] }[];
  /** The same for one image, whatever the batch: of requests, divided by their images. */
  readonly images: Pace['shapes'];
  /** A moving average; null before the first round trip. */
  readonly roundTripMs: number | null;
};

/** Rotating over more checkpoints and sizes than this forgets the oldest. */
const maxShapeCount = 16;

/** Enough for a steady quantile, few enough to follow a GPU that grows warm. */
const maxDurationCount = 16;

const newestRoundTripWeight = 0.2;

export function emptyPace(): Pace {
  return { shapes: [], images: [], roundTripMs: null };
}

/** Equal for generations that take equally long on the same WebUI. */
export function shapeKeyOf({
  checkpoint,
  parameters,
  asked,
}: Pick<Generation, 'checkpoint' | 'parameters' | 'asked'>): string {
  const { width, height, steps, sampler, scheduler, batchSize, batchCount, restoreFaces } = parameters;
  // At a CFG scale of 1 the WebUI leaves out the negative prompt, and with it half of the work.
  const isGuided = parameters.cfgScale > 1;
  return JSON.stringify([
    checkpoint,
    width,
    height,
    steps,
    sampler,
    scheduler,
    isGuided,
    batchSize,
    batchCount,
    restoreFaces,
    ...(asked?.hires ? [asked.hires] : []),
  ]);
}

/** Adds how long a generation of this shape had the GPU. */
export function learnDuration(pace: Pace, shapeKey: string, durationMs: number): Pace {
  return isDuration(durationMs) ? { ...pace, shapes: withDuration(pace.shapes, shapeKey, durationMs) } : pace;
}

/** Adds how long each image of such a request had the GPU. */
export function learnImages(pace: Pace, request: Generation, durationMs: number): Pace {
  if (!isDuration(durationMs)) return pace;
  const imageMs = durationMs / imageCountOf(request);
  return { ...pace, images: withDuration(pace.images, imageKeyOf(request), imageMs) };
}

function withDuration(shapes: Pace['shapes'], shapeKey: string, durationMs: number): Pace['shapes'] {
  const known = shapes.find(({ key }) => key === shapeKey)?.durationsMs ?? [];
  const learnt = { key: shapeKey, durationsMs: [...known, durationMs].slice(-maxDurationCount) };
  const others = shapes.filter(({ key }) => key !== shapeKey);
  return [...others, learnt].slice(-maxShapeCount);
}

/** How long an image of this shape takes, rather too long than too short; null before the first one. */
export function expectedImageMs(
  pace: Pace,
  generation: Pick<Generation, 'checkpoint' | 'parameters' | 'asked'>,
): number | null {
  const key = imageKeyOf(generation);
  const shape = pace.images.find((each) => each.key === key);
  return shape ? quantile(shape.durationsMs, 0.75) : null;
}

function imageKeyOf(generation: Pick<Generation, 'checkpoint' | 'parameters' | 'asked'>): string {
  return shapeKeyOf({ ...generation, parameters: { ...generation.parameters, batchSize: 1, batchCount: 1 } });
}

/** Adds how long the WebUI took to answer a request that waits for nothing. */
export function learnRoundTrip(pace: Pace, roundTripMs: number): Pace {
  if (!isDuration(roundTripMs)) return pace;
  const before = pace.roundTripMs ?? roundTripMs;
  return { ...pace, roundTripMs: before + newestRoundTripWeight * (roundTripMs - before) };
}

/** The time within which the share `q` (0 to 1) of recent generations of this shape ended; null before the first one. */
export function expectedDurationMs(pace: Pace, shapeKey: string, q: number): number | null {
  const shape = pace.shapes.find(({ key }) => key === shapeKey);
  return shape ? quantile(shape.durationsMs, q) : null;
}

/** How many recent durations are known for this shape. */
export function durationCount(pace: Pace, shapeKey: string): number {
  return pace.shapes.find(({ key }) => key === shapeKey)?.durationsMs.length ?? 0;
}

/** The moving average of round trips; 0 before the first one. */
export function roundTripMs(pace: Pace): number {
  return pace.roundTripMs ?? 0;
}

/** The value below which the share `q` (0 to 1) of the values lies, between neighbours in proportion; null for none. */
export function quantile(values: readonly number[], q: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const place = Math.min(1, Math.max(0, q)) * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return null;
  return below + (place - Math.floor(place)) * (above - below);
}

/** A clock that jumped gives a negative time, from which nothing can be learnt. */
function isDuration(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}
