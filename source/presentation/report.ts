import type { Plan } from '../plan/plan.ts';
import type { HourCount, RateSteps } from '../stats/image-counts.ts';
import type { Incident } from './incident.ts';

/** Identical incidents in a row; `at` is the first one's time and `lastAt` the last one's. */
export type CountedIncident = Incident & { readonly lastAt: number; readonly count: number };

/** What a run, or all runs since a time, came to: all that `sdloop report` tells. Texts from outside are uncleaned. Times are ms since epoch. */
export type Report = {
  readonly fromAt: number;
  /** The last sign of life. */
  readonly untilAt: number;
  readonly runCount: number;
  /** Of the newest run; null while it has not ended. */
  readonly ending: 'ended' | 'cut-off' | null;
  /** Of its WebUI, without credentials. */
  readonly url: string;
  readonly version: string | null;
  readonly plan: Plan | null;
  readonly imageCount: number;
  readonly byteCount: number;
  /** Generations that finished. */
  readonly generationCount: number;
  readonly retryCount: number;
  /** Images that generations were to make which were given up. */
  readonly givenUpCount: number;
  /** Images in whose place others were made, since their seeds or the checkpoint led to nothing. */
  readonly replacedCount: number;
  /** Images that generations lack which finished: not found, or entirely black. */
  readonly missingCount: number;
  /** Time that generations took, with the GPU's waits between them, ms. */
  readonly activeMs: number;
  readonly gpuIdleMs: number;
  /** How long the WebUI did not answer, which is no wait of the GPU, ms. */
  readonly awayMs: number;
  readonly chart: RateSteps;
  readonly hours: { readonly slowest: HourCount; readonly fastest: HourCount } | null;
  /** The one with the most images first. */
  readonly checkpoints: readonly {
    readonly title: string;
    readonly imageCount: number;
    /** Wall time per image. */
    readonly msPerImage: number;
  }[];
  /** The newest first, absolute. */
  readonly folders: readonly {
    readonly path: string;
    readonly fileCount: number;
    readonly byteCount: number;
  }[];
  /** The oldest first. */
  readonly incidents: readonly CountedIncident[];
};
