import type { Notice } from '../engine/notice.ts';
import { addSpan, emptyHistory, type History } from './history.ts';
import { foldImageBytes } from './image-bytes.ts';
import { addNotMade, type NotMade, nothingNotMade } from './not-made.ts';
import { addRecent, type RecentGeneration } from './recent-generations.ts';
import { type StepWatch, watchSteps } from './step-watch.ts';

/** What the notices of a run came to, of the same size however long it runs. Its times count from the start of the run. */
export type Stats = NotMade & {
  /** The newest notice's time, ms since epoch. */
  readonly lastAt: number;
  /** Since the start, without the steps that a clock took backwards. */
  readonly elapsedMs: number;
  readonly activeMs: number;
  /** Whether the loop wants to generate, and since when it does or does not. */
  readonly isActive: boolean;
  readonly activityChangedMs: number;
  readonly imageCount: number;
  readonly generationCount: number;
  readonly retryCount: number;
  /** The generation in whose place the next one makes others; null while there is none. */
  readonly replacedId: number | null;
  readonly gpuIdleMs: number;
  /** Oldest first. */
  readonly recent: readonly RecentGeneration[];
  /** A moving average; null before the first image. */
  readonly bytesPerImage: number | null;
  readonly stepWatch: StepWatch | null;
  readonly history: History;
};

const longRestMs = 600_000;

/** What is known of a run whose runner died, in the units of `Stats`. */
export type EarlierStats = Pick<
  Stats,
  keyof NotMade | 'imageCount' | 'generationCount' | 'retryCount' | 'gpuIdleMs' | 'activeMs'
> & {
  /** Oldest first; `endedAt` in ms since epoch. */
  readonly recentGenerations: readonly {
    readonly endedAt: number;
    readonly spanMs: number;
    readonly imageCount: number;
  }[];
};

/** `startedAt` in ms since epoch; a run that goes on after its runner died has counts from before. */
export function emptyStats(startedAt: number, earlier?: EarlierStats): Stats {
  return {
    lastAt: startedAt,
    elapsedMs: 0,
    activeMs: 0,
    isActive: false,
    activityChangedMs: 0,
    imageCount: 0,
    generationCount: 0,
    retryCount: 0,
    ...nothingNotMade,
    replacedId: null,
    gpuIdleMs: 0,
    recent: [],
    bytesPerImage: null,
    stepWatch: null,
    history: emptyHistory,
    ...(earlier && {
      imageCount: earlier.imageCount,
      generationCount: earlier.generationCount,
      retryCount: earlier.retryCount,
      givenUpCount: earlier.givenUpCount,
      replacedCount: earlier.replacedCount,
      missingCount: earlier.missingCount,
      gpuIdleMs: earlier.gpuIdleMs,
      activeMs: earlier.activeMs,
      history: historyOf(earlier, startedAt),
    }),
  };
}

function historyOf({ recentGenerations }: EarlierStats, startedAt: number): History {
  return recentGenerations.reduce((history, { endedAt, spanMs, imageCount }) => {
    const toMs = endedAt - startedAt;
    return addSpan(history, { fromMs: Math.max(0, toMs - spanMs), toMs, imageCount });
  }, emptyHistory);
}

/** The statistics after one more notice. */
export function foldNotice(before: Stats, notice: Notice): Stats {
  const stats = advance(before, notice.at);
  switch (notice.type) {
    case 'image':
      return {
        ...stats,
        imageCount: stats.imageCount + 1,
        bytesPerImage: foldImageBytes(stats.bytesPerImage, notice),
      };
    case 'progress':
      return { ...stats, stepWatch: watchSteps(stats.stepWatch, notice) };
    case 'generation-finished':
      return foldFinished(stats, notice);
    case 'failure':
      return foldFailure(stats, notice);
    case 'activity-changed':
      return foldActivity(stats, notice.isActive);
    case 'connected':
    case 'adjusted':
    case 'generation-started':
    case 'space-regained':
    case 'restarting':
    case 'paused':
    case 'resumed':
    case 'stopped':
      return stats;
  }
}

/** Lets time pass; a clock that was set back passes none. */
export function advance(stats: Stats, at: number): Stats {
  const passedMs = Math.max(0, at - stats.lastAt);
  return {
    ...stats,
    lastAt: at,
    elapsedMs: stats.elapsedMs + passedMs,
    activeMs: stats.activeMs + (stats.isActive ? passedMs : 0),
  };
}

/** Whether the loop rests for so long that the rates of before say nothing about now. */
export function hasRestedLong({ isActive, elapsedMs, activityChangedMs }: Stats): boolean {
  return !isActive && elapsedMs - activityChangedMs > longRestMs;
}

function foldFailure(
  stats: Stats,
  { generation, willRetry, measure }: Extract<Notice, { type: 'failure' }>,
): Stats {
  if (generation === null || !willRetry) return stats;
  const replacedId = measure?.kind === 'next-generation' ? generation.id : stats.replacedId;
  return { ...stats, replacedId, retryCount: stats.retryCount + 1 };
}

function foldFinished(stats: Stats, notice: Extract<Notice, { type: 'generation-finished' }>): Stats {
  const { generation, outcome, imageCount } = notice;
  const gpuIdleMs = Math.max(0, notice.gpuIdleMs);
  const counted = { ...stats, gpuIdleMs: stats.gpuIdleMs + gpuIdleMs };
  // A person ended it early: neither its images nor its time say anything about the WebUI's pace.
  if (outcome === 'abandoned') return counted;
  const spanMs = Math.max(0, notice.durationMs) + gpuIdleMs;
  return {
    ...counted,
    generationCount: stats.generationCount + (outcome === 'finished' ? 1 : 0),
    ...addNotMade(stats, notice, stats.replacedId === generation.id),
    recent: addRecent(stats.recent, notice, spanMs, stats.stepWatch),
    history: addSpan(stats.history, { fromMs: stats.elapsedMs - spanMs, toMs: stats.elapsedMs, imageCount }),
  };
}

function foldActivity(stats: Stats, isActive: boolean): Stats {
  if (isActive === stats.isActive) return stats;
  const recent = isActive && hasRestedLong(stats) ? [] : stats.recent;
  return { ...stats, isActive, activityChangedMs: stats.elapsedMs, recent };
}
