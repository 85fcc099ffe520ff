import type { Notice } from '../engine/notice.ts';
import { quantile, shapeKeyOf } from '../engine/pace.ts';
import { type Generation, imageCountOf } from '../generation/generation.ts';

/** What may explain a change of pace, as it was at a time; null where it is not told. */
export type Surroundings = {
  /** Bytes in use. */
  readonly ramUsed: number | null;
  readonly vramUsed: number | null;
  /** Files in the output directory. */
  readonly fileCount: number | null;
};

type Sample = {
  readonly msPerImage: number;
  readonly gpuIdleShare: number;
  /** Jobs of others that were seen while it waited. */
  readonly othersCount: number;
};

/** The pace of generations that should take equally long. */
type ShapePace = {
  readonly key: string;
  /** The first good ones, and the newest. */
  readonly baseline: readonly Sample[];
  readonly recent: readonly Sample[];
  /** When the baseline was complete; null before. */
  readonly before: Surroundings | null;
  readonly isSlower: boolean;
};

/** How the pace of a run compares with how it began, of the same size however long it runs. */
export type Drift = {
  /** The most recently used last. */
  readonly shapes: readonly ShapePace[];
  readonly checkpoint: string | null;
  /** Whether the WebUI was away since the last generation: the next one may load the checkpoint. */
  readonly isFresh: boolean;
  /** Generations that met a failure, whose time says nothing. */
  readonly failedIds: readonly number[];
};

/** The pace of a shape, then and now. */
export type PaceChange = {
  readonly baselineMsPerImage: number;
  readonly msPerImage: number;
  /** Shares of the time, 0 to 1. */
  readonly baselineGpuIdleShare: number;
  readonly gpuIdleShare: number;
};

/** The pace has crossed the line, in the one direction or back. */
export type Crossing = PaceChange & {
  readonly kind: 'slower' | 'pace-regained';
  readonly before: Surroundings;
  readonly now: Surroundings;
  /** Jobs of others that were seen while ours waited: of those with which the run began, and of the newest. */
  readonly othersBefore: number;
  readonly othersNow: number;
};

const baselineCount = 30;
const recentCount = 20;

/** Slower from here on, and not any more only well below it, so that a pace on the line is told once. */
const slowerRatio = 1.2;
const regainedRatio = 1.1;

const maxShapeCount = 16;

/** More than can be under way at once. */
const maxFailedCount = 8;

export const emptyDrift: Drift = { shapes: [], checkpoint: null, isFresh: true, failedIds: [] };

/** The comparison after one more notice, and what it crossed by that. */
export function foldDrift(
  drift: Drift,
  notice: Notice,
  surroundings: Surroundings,
): { readonly drift: Drift; readonly crossing: Crossing | null } {
  const unchanged = { drift, crossing: null };
  if (notice.type === 'connected') return { drift: { ...drift, isFresh: true }, crossing: null };
  if (notice.type === 'failure') {
    if (notice.generation === null) return unchanged;
    const failedIds = [...drift.failedIds, notice.generation.id].slice(-maxFailedCount);
    return { drift: { ...drift, failedIds }, crossing: null };
  }
  if (notice.type !== 'generation-finished') return unchanged;
  const { generation } = notice;
  const isFirst = drift.isFresh || generation.checkpoint !== drift.checkpoint;
  const followed = { ...drift, checkpoint: generation.checkpoint, isFresh: false };
  const sample = isFirst || drift.failedIds.includes(generation.id) ? null : sampleOf(notice);
  if (sample === null) return { drift: followed, crossing: null };
  const before = shapeOf(drift, generation);
  const after = judge(addSample(before, sample, surroundings));
  const others = drift.shapes.filter(({ key }) => key !== after.key);
  return {
    drift: { ...followed, shapes: [...others, after].slice(-maxShapeCount) },
    crossing: before.isSlower === after.isSlower ? null : crossingOf(after, surroundings),
  };
}

/** How much slower the newest shape has become, while that is more than a warning's worth; null otherwise. */
export function slowdownOf({ shapes }: Drift): PaceChange | null {
  const newest = shapes.at(-1);
  return newest?.isSlower ? changeOf(newest) : null;
}

function shapeOf({ shapes }: Drift, generation: Generation): ShapePace {
  const key = shapeKeyOf(generation);
  const known = shapes.find((shape) => shape.key === key);
  return known ?? { key, baseline: [], recent: [], before: null, isSlower: false };
}

/** Null for one that says nothing about the pace. */
function sampleOf(finished: Extract<Notice, { type: 'generation-finished' }>): Sample | null {
  const { generation, outcome, imageCount, durationMs } = finished;
  const isWhole = outcome === 'finished' && imageCount === imageCountOf(generation);
  if (!isWhole || !(durationMs > 0)) return null;
  const gpuIdleMs = Math.max(0, finished.gpuIdleMs);
  return {
    msPerImage: durationMs / imageCount,
    gpuIdleShare: gpuIdleMs / (gpuIdleMs + durationMs),
    othersCount: finished.othersCount ?? 0,
  };
}

function addSample(shape: ShapePace, sample: Sample, surroundings: Surroundings): ShapePace {
  const recent = [...shape.recent, sample].slice(-recentCount);
  if (shape.before !== null) return { ...shape, recent };
  const baseline = [...shape.baseline, sample];
  return { ...shape, recent, baseline, before: baseline.length < baselineCount ? null : surroundings };
}

function judge(shape: ShapePace): ShapePace {
  const change = changeOf(shape);
  if (change === null) return shape;
  const ratio = change.msPerImage / change.baselineMsPerImage;
  const isSlower = shape.isSlower ? ratio > regainedRatio : ratio >= slowerRatio;
  return { ...shape, isSlower };
}

function crossingOf(shape: ShapePace, now: Surroundings): Crossing | null {
  const change = changeOf(shape);
  if (change === null || shape.before === null) return null;
  return {
    kind: shape.isSlower ? 'slower' : 'pace-regained',
    ...change,
    before: shape.before,
    now,
    othersBefore: othersIn(shape.baseline),
    othersNow: othersIn(shape.recent),
  };
}

function changeOf({ baseline, recent, before }: ShapePace): PaceChange | null {
  if (before === null) return null;
  return {
    baselineMsPerImage: median(baseline, ({ msPerImage }) => msPerImage),
    msPerImage: median(recent, ({ msPerImage }) => msPerImage),
    baselineGpuIdleShare: median(baseline, ({ gpuIdleShare }) => gpuIdleShare),
    gpuIdleShare: median(recent, ({ gpuIdleShare }) => gpuIdleShare),
  };
}

function othersIn(samples: readonly Sample[]): number {
  return samples.reduce((sum, { othersCount }) => sum + othersCount, 0);
}

function median(samples: readonly Sample[], read: (sample: Sample) => number): number {
  return quantile(samples.map(read), 0.5) ?? 0;
}
