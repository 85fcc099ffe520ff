import type { LivePreviews, Progress } from '../generation/webui.ts';

type Period = Extract<LivePreviews, { kind: 'on' }>;

/** After a preview that could not be had, ms: what failed once is likely to fail again, and each try costs the WebUI work. */
const restMs = 30_000;

/** A timer may be early by so much, ms. */
const timerSlackMs = 5;

/** Tells when another preview can be had, from what the polls say of the steps; times in ms since epoch. */
export type PreviewPace = {
  isDue(period: Period, at: number): boolean;
  /** A poll that was sent at this time was told this, whether it asked for the preview or not. */
  follow(period: Period, progress: Progress, at: number, hasAsked: boolean): void;
  /** Asks for none for a while. */
  rest(at: number): void;
};

/**
 * The WebUI makes another preview with the first poll, of whatever kind, that comes so many steps after the last one or after the beginning
 * of a batch or pass (webui-api.md 5.3). Between two polls the steps are reckoned from how fast they went.
 */
export function createPreviewPace(): PreviewPace {
  let latest: { readonly at: number; readonly progress: Progress } | null = null;
  let polledAt: number | null = null;
  /** What its speed is reckoned from: the first poll that saw the running batch or pass, and before a second one the last that did not. */
  let seenFrom: { readonly at: number; readonly step: number } | null = null;
  let isSeenTwice = false;
  /** The step of the running batch or pass that the WebUI's newest preview was made at; 0 before the first. */
  let previewStep = 0;
  /** Whether the newest one was not asked for yet. */
  let isFresh = false;
  /** Whether the newest was asked for again, the steps having been slower than they were: the next one is waited for until it is told. */
  let wasHasty = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  let restsUntil = Number.NEGATIVE_INFINITY;

  function isExpected(everyStepCount: number, at: number): boolean {
    if (latest === null || seenFrom === null || latest.at <= seenFrom.at || wasHasty) return false;
    const { step, stepCount } = latest.progress;
    const stepsPerMs = (step - seenFrom.step) / (latest.at - seenFrom.at);
    const reached = Math.floor(step + stepsPerMs * (at - latest.at));
    return reached < stepCount
      ? reached - previewStep >= everyStepCount
      : reached - stepCount >= everyStepCount;
  }

  function isSamePass({ jobTimestamp, passNumber, step }: Progress): boolean {
    const before = latest?.progress;
    return before?.jobTimestamp === jobTimestamp && before.passNumber === passNumber && before.step <= step;
  }

  return {
    isDue({ everyStepCount, everyMs }, at) {
      if (at < restsUntil || at - askedAt + timerSlackMs < everyMs) return false;
      return isFresh || (everyStepCount !== null && isExpected(everyStepCount, at));
    },
    follow({ everyStepCount }, progress, at, hasAsked) {
      if (hasAsked) askedAt = at;
      const polledBefore = polledAt;
      polledAt = at;
      if (!progress.isRunning) {
        latest = null;
        isFresh = false;
        return;
      }
      if (isSamePass(progress)) {
        if (!isSeenTwice && latest !== null) seenFrom = { at: latest.at, step: latest.progress.step };
        isSeenTwice = true;
      } else {
        seenFrom = polledBefore === null ? null : { at: polledBefore, step: 0 };
        isSeenTwice = false;
        previewStep = 0;
        isFresh = everyStepCount === null && progress.passNumber > 0;
        wasHasty = false;
      }
      latest = { at, progress };
      if (everyStepCount !== null && progress.step - previewStep >= everyStepCount) {
        previewStep = progress.step;
        isFresh = true;
        wasHasty = false;
      }
      if (!hasAsked) return;
      wasHasty = !isFresh;
      isFresh = false;
    },
    rest(at) {
      restsUntil = at + restMs;
    },
  };
}
