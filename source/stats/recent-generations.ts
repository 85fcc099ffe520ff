import type { Notice } from '../engine/notice.ts';
import { type StepWatch, watchedSampling } from './step-watch.ts';

export type RecentGeneration = {
  readonly imageCount: number;
  /** Work and the GPU's wait before it. */
  readonly spanMs: number;
  readonly sampling: {
    readonly stepCount: number;
    readonly durationMs: number;
    /** False where too few polls saw it: then all of the generation's time, decoding included. */
    readonly isMeasured: boolean;
  };
};

/** Rates follow a change within this many generations, or this much time, whichever is less. */
const maxCount = 20;
const maxSpanMs = 600_000;

/** Polls see steps late by up to their own interval; below these the error would outweigh the measurement. */
const minStepCount = 2;
const minSamplingMs = 250;

/** The recent generations with a new one at the end. */
export function addRecent(
  recent: readonly RecentGeneration[],
  finished: Extract<Notice, { type: 'generation-finished' }>,
  spanMs: number,
  watch: StepWatch | null,
): RecentGeneration[] {
  const { generation, imageCount } = finished;
  const watched = watch?.generationId === generation.id ? watchedSampling(watch) : null;
  const isMeasured =
    watched !== null && watched.stepCount >= minStepCount && watched.durationMs >= minSamplingMs;
  const { steps, batchCount } = generation.parameters;
  const whole = { stepCount: steps * batchCount, durationMs: Math.max(0, finished.durationMs) };
  const sampling = { ...(isMeasured ? watched : whole), isMeasured };
  return trim([...recent, { imageCount, spanMs, sampling }]);
}

/** The rates over all of them, each weighted by its time; null for none. */
export function measureRates(recent: readonly RecentGeneration[]): {
  imagesPerMinute: number | null;
  msPerImage: number | null;
  stepsPerSecond: number | null;
} {
  const imageCount = sum(recent, (generation) => generation.imageCount);
  const spanMs = sum(recent, (generation) => generation.spanMs);
  const measured = recent.filter(({ sampling }) => sampling.isMeasured);
  const sampled = measured.length > 0 ? measured : recent;
  const stepCount = sum(sampled, ({ sampling }) => sampling.stepCount);
  const samplingMs = sum(sampled, ({ sampling }) => sampling.durationMs);
  return {
    imagesPerMinute: spanMs > 0 ? (imageCount * 60_000) / spanMs : null,
    msPerImage: spanMs > 0 && imageCount > 0 ? spanMs / imageCount : null,
    stepsPerSecond: samplingMs > 0 ? (stepCount * 1000) / samplingMs : null,
  };
}

function trim(recent: readonly RecentGeneration[]): RecentGeneration[] {
  const kept = recent.slice(-maxCount);
  while (kept.length > 1 && sum(kept, ({ spanMs }) => spanMs) > maxSpanMs) kept.shift();
  return kept;
}

function sum<T>(values: readonly T[], read: (value: T) => number): number {
  return values.reduce((total, value) => total + read(value), 0);
}
