import { readHistory } from './history.ts';
import type { NotMade } from './not-made.ts';
import { measureRates } from './recent-generations.ts';
import { advance, hasRestedLong, type Stats } from './stats.ts';

/** How fast the loop goes and what it came to, ready to be shown. */
export type Throughput = NotMade & {
  readonly imageCount: number;
  readonly generationCount: number;
  readonly retryCount: number;
  /** Over the recent generations, counting only time that the loop wanted to generate; null before the first one ends and after a long rest. */
  readonly imagesPerMinute: number | null;
  readonly msPerImage: number | null;
  /** Sampling steps a second, per batch. */
  readonly stepsPerSecond: number | null;
  /** Time that the GPU waited between generations while the loop wanted it to work, ms, and its share of `activeMs` (0 to 1). */
  readonly gpuIdleMs: number;
  readonly gpuIdleShare: number | null;
  /** Images a minute, oldest first, one value for each `historyStepMs`; null where nothing ran. */
  readonly history: readonly (number | null)[];
  readonly historyStepMs: number;
  /** Time spent wanting to generate (not paused), ms. */
  readonly activeMs: number;
};

/** The figures at a moment, ms since epoch. */
export function throughputOf(stats: Stats, at: number): Throughput {
  const now = advance(stats, at);
  const history = readHistory(now.history, now.elapsedMs, now.isActive ? now.activityChangedMs : null);
  return {
    imageCount: now.imageCount,
    generationCount: now.generationCount,
    retryCount: now.retryCount,
    givenUpCount: now.givenUpCount,
    replacedCount: now.replacedCount,
    missingCount: now.missingCount,
    ...measureRates(hasRestedLong(now) ? [] : now.recent),
    gpuIdleMs: now.gpuIdleMs,
    gpuIdleShare: now.activeMs > 0 ? Math.min(1, now.gpuIdleMs / now.activeMs) : null,
    history: history.rates,
    historyStepMs: history.stepMs,
    activeMs: now.activeMs,
  };
}
