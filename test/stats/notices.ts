import type { GenerationOutcome, Notice } from '../../source/engine/notice.ts';
import type { Generation } from '../../source/generation/generation.ts';
import { defaultParameters, type GenerationParameters } from '../../source/generation/parameters.ts';
import { emptyStats, foldNotice, type Stats } from '../../source/stats/stats.ts';

export const start = 1_800_000_000_000;

export function generationOf(id: number, parameters: Partial<GenerationParameters> = {}): Generation {
  return {
    id,
    checkpoint: 'dream',
    parameters: { ...defaultParameters, batchSize: 4, steps: 20, ...parameters },
    firstSeed: id * 10,
  };
}

export function foldAll(notices: readonly Notice[], startedAt = start): Stats {
  return notices.reduce(foldNotice, emptyStats(startedAt));
}

export function activity(at: number, isActive: boolean): Notice {
  return { at: start + at, type: 'activity-changed', isActive };
}

export function finished(
  at: number,
  generation: Generation,
  {
    durationMs = 2000,
    gpuIdleMs = 0,
    imageCount = 4,
    outcome = 'finished',
    othersCount = 0,
  }: {
    durationMs?: number;
    gpuIdleMs?: number;
    imageCount?: number;
    outcome?: GenerationOutcome;
    othersCount?: number;
  } = {},
): Notice {
  return {
    at: start + at,
    type: 'generation-finished',
    generation,
    outcome,
    imageCount,
    durationMs,
    gpuIdleMs,
    othersCount,
  };
}

export function step(at: number, generation: Generation, number: number, passNumber = 0): Notice {
  const progress = {
    isRunning: true,
    step: number,
    stepCount: generation.parameters.steps,
    passNumber,
    passCount: generation.parameters.batchCount,
    jobTimestamp: '',
    isInterrupted: false,
  };
  return { at: start + at, type: 'progress', generation, progress };
}

/** Generations one after the other from `from` on, each of `durationMs`. */
export function series(from: number, count: number, durationMs: number, firstId = 1): Notice[] {
  return Array.from({ length: count }, (_, index) =>
    finished(from + (index + 1) * durationMs, generationOf(firstId + index), { durationMs }),
  );
}
