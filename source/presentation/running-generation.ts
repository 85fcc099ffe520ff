import type { InFlight } from '../engine/lane.ts';
import { expectedDurationMs, type Pace, shapeKeyOf } from '../engine/pace.ts';
import type { LoopState } from '../engine/state.ts';
import type { RunningGeneration } from './snapshot.ts';

/** The generation on the GPU of the first lane that has one, or null. `at` is now, ms since epoch. */
export function runningOf(state: LoopState, at: number): RunningGeneration | null {
  for (const lane of state.lanes) {
    const [head] = lane.inFlight;
    if (!head) continue;
    return head.latest === null && lane.webUi?.hasProgress === false
      ? estimate(head, state.pace, at)
      : measure(head, state.pace, at);
  }
  return null;
}

function measure(head: InFlight, pace: Pace, at: number): RunningGeneration {
  const { latest } = head;
  const { steps, batchCount } = head.work.request.parameters;
  const base = baseOf(head, at);
  if (latest === null || latest.progress.passCount === null) {
    return { ...base, isPreparing: latest !== null, remainingMs: expectedRemaining(head, pace, at) };
  }
  const { step, stepCount, passNumber, passCount } = latest.progress;
  const total = Math.max(1, stepCount * passCount);
  const isDecoding = stepCount > 0 && step >= stepCount - 1;
  const done = Math.min(total, passNumber * stepCount + step);
  const elapsedMs = latest.at - base.startedAt;
  const fraction = Math.min(1, done / total);
  return {
    ...base,
    fraction,
    step: Math.min(isDecoding ? stepCount : step, stepCount),
    stepCount: stepCount || steps,
    batchNumber: Math.min(batchCount, Math.floor((passNumber * batchCount) / passCount) + 1),
    isPreparing: false,
    remainingMs:
      fraction > 0.1
        ? Math.max(0, (elapsedMs / fraction) * (1 - fraction) - (at - latest.at))
        : expectedRemaining(head, pace, at),
    stepsPerSecond: done > 0 && elapsedMs > 0 ? (done / elapsedMs) * 1000 : null,
  };
}

/** Where the WebUI tells no progress, earlier generations of the same shape have to serve. */
function estimate(head: InFlight, pace: Pace, at: number): RunningGeneration {
  const base = baseOf(head, at);
  const expected = expectedDurationMs(pace, shapeKeyOf(head.work.request), 0.5);
  if (expected === null || expected === 0) return { ...base, isEstimated: true };
  // Never full before the answer is there.
  const fraction = Math.min(0.99, (at - base.startedAt) / expected);
  const { steps, batchCount } = head.work.request.parameters;
  const remainingMs = expected - (at - base.startedAt);
  return {
    ...base,
    fraction,
    step: Math.floor((fraction * batchCount * steps) % steps),
    batchNumber: Math.min(batchCount, Math.floor(fraction * batchCount) + 1),
    isEstimated: true,
    // Once it takes longer than any guess, nobody knows.
    remainingMs: remainingMs > 0 ? remainingMs : null,
  };
}

function baseOf(head: InFlight, at: number): RunningGeneration {
  const { steps, batchCount } = head.work.request.parameters;
  return {
    generation: head.work.request,
    startedAt: head.startedAt ?? at,
    fraction: 0,
    step: 0,
    stepCount: steps,
    batchNumber: 1,
    batchCount,
    isEstimated: false,
    remainingMs: null,
    isPreparing: false,
    stepsPerSecond: null,
  };
}

function expectedRemaining(head: InFlight, pace: Pace, at: number): number | null {
  const expected = expectedDurationMs(pace, shapeKeyOf(head.work.request), 0.5);
  return expected === null ? null : Math.max(0, expected - (at - (head.startedAt ?? at)));
}
