import type { InFlight } from './lane.ts';
import { durationCount, expectedDurationMs, type Pace, roundTripMs, shapeKeyOf } from './pace.ts';

/** What the event loop, the socket and the server's own threads may add, ms. */
const slackMs = 40;

/** So many that took equally long say as much of the next one as its steps would. */
const enoughDurations = 8;

/** When the next request should be on its way, and whether a poll just before would tell more. */
export type SecondRequestTime = { readonly sendAt: number; readonly pollAt: number | null };

/**
 * The latest time (ms since epoch) at which the request after `head` may be sent so that it waits at the server when
 * `head` ends. Early costs a pause one more generation, late costs the GPU: so the earliest plausible end counts. The steps that a
 * poll has shown go before what earlier generations took. Null as long as nothing is known.
 */
export function secondRequestTime(head: InFlight, pace: Pace): SecondRequestTime | null {
  if (head.startedAt === null) return null;
  const travelMs = 1.5 * roundTripMs(pace) + slackMs;
  const shape = shapeKeyOf(head.work.request);
  const endAt = earliestEndBySteps(head);
  if (endAt !== null) {
    const longest = expectedDurationMs(pace, shape, 1);
    const latest = longest === null ? Number.POSITIVE_INFINITY : head.startedAt + longest;
    return { sendAt: Math.min(endAt, latest) - travelMs, pollAt: null };
  }
  const shortest = expectedDurationMs(pace, shape, 0);
  if (shortest === null) return null;
  // A few durations say little about how short the next one may be.
  const count = durationCount(pace, shape);
  const caution = 1 - 0.5 / count;
  const sendAt = head.startedAt + shortest * caution - travelMs;
  const longest = expectedDurationMs(pace, shape, 1) ?? Number.POSITIVE_INFINITY;
  const isSure = count >= enoughDurations && longest - shortest <= travelMs;
  return { sendAt, pollAt: isSure ? null : sendAt - travelMs };
}

/**
 * The earliest end that the steps seen so far allow. What is told is the index of the last finished step (webui-api.md 5.2), so that
 * one step more is done, and the next may be all but done.
 */
function earliestEndBySteps({ firstStep, latest, startedAt, preparingAt }: InFlight): number | null {
  if (firstStep === null || latest === null || startedAt === null) return null;
  const index = stepIndex(latest.progress);
  const firstIndex = stepIndex(firstStep.progress);
  const all = latest.progress.stepCount * (latest.progress.passCount ?? 1);
  if (all <= 0) return null;
  const stepMs =
    index > firstIndex
      ? (latest.at - firstStep.at) / (index - firstIndex + 1)
      : preparingAt === null
        ? (firstStep.at - startedAt) / (firstIndex + 2)
        : // Sampling began at some time since then: on average half as long ago.
          (firstStep.at - preparingAt) / 2 / (firstIndex + 2);
  return latest.at + Math.max(0, all - index - 2) * stepMs;
}

function stepIndex(progress: { step: number; stepCount: number; passNumber: number }): number {
  return progress.passNumber * progress.stepCount + progress.step;
}
