import type { InFlight } from './lane.ts';
import { expectedDurationMs, type Pace, shapeKeyOf } from './pace.ts';

/** How long the running generation has made no step, as looked at again and again. */
export type Stillness = {
  /** Where its progress stood at the last look. */
  readonly place: string;
  /** Polls said the same place for so long, ms. */
  readonly stillMs: number;
  /** No poll said anything of it for so long, ms. */
  readonly silentMs: number;
  /** Of the last look and of the newest poll then, ms since epoch. */
  readonly lookedAt: number;
  readonly seenAt: number | null;
};

/** Between two looks, ms, for a patience of 1. */
const usualLookIntervalMs = 15_000;

/** Between two looks, ms. */
export function lookIntervalMs(patience: number): number {
  return patience * usualLookIntervalMs;
}

export function firstLook(head: InFlight, at: number): Stillness {
  return { place: placeOf(head), stillMs: 0, silentMs: 0, lookedAt: at, seenAt: head.latest?.at ?? null };
}

/** The stillness at one more look. */
export function lookAgain(before: Stillness, head: InFlight, at: number, patience: number): Stillness {
  const next = firstLook(head, at);
  if (next.place !== before.place) return next;
  // A machine that slept has not stood still.
  const passedMs = Math.min(Math.max(0, at - before.lookedAt), 2 * lookIntervalMs(patience));
  const isTold = next.seenAt !== before.seenAt;
  return {
    ...next,
    stillMs: before.stillMs + (isTold ? passedMs : 0),
    silentMs: isTold ? 0 : before.silentMs + passedMs,
  };
}

/**
 * How long it may make no step, and how long no poll may tell of it, before it counts as hung, ms. Loading a checkpoint and decoding are
 * given more time than steps, and a WebUI that never tells a step (webui-api.md 10.4: Forge's 1814) as long as whole generations take.
 * `patience` is the share of the usual times; what was measured counts in full.
 */
export function patienceOf(
  head: InFlight,
  pace: Pace,
  hasProgress: boolean,
  patience: number,
): { readonly stillMs: number; readonly silentMs: number } {
  const second = 1000 * patience;
  const durationMs = expectedDurationMs(pace, shapeKeyOf(head.work.request), 0.5);
  if (!hasProgress) {
    const silentMs = durationMs === null ? 1800 * second : Math.max(300 * second, 10 * durationMs);
    return { stillMs: Number.POSITIVE_INFINITY, silentMs };
  }
  const stillMs = stepPatience(head, durationMs, second);
  return { stillMs, silentMs: Math.max(300 * second, 3 * stillMs) };
}

function stepPatience(
  { latest, firstStep, startedAt, stillness, work }: InFlight,
  durationMs: number | null,
  second: number,
): number {
  if (latest === null || latest.progress.passCount === null) return 600 * second;
  const { step, stepCount, passNumber, passCount } = latest.progress;
  if (firstStep === null)
    return Math.max(durationMs === null ? 600 * second : 120 * second, 3 * (durationMs ?? 0));
  if (passNumber >= passCount || step >= stepCount - 1) return Math.max(180 * second, durationMs ?? 0);
  const doneCount = indexOf(latest.progress) - indexOf(firstStep.progress);
  const { steps, batchCount } = work.request.parameters;
  // Before a second step was seen, the time up to the first one, which loading may have made longer, is all there is.
  const firstMs = (firstStep.at - (startedAt ?? firstStep.at)) / (indexOf(firstStep.progress) + 1);
  // The time for which it has stood still belongs to no step.
  const movingMs = latest.at - firstStep.at - (stillness?.stillMs ?? 0);
  const seenMs = doneCount > 0 ? movingMs / doneCount : Math.max(firstMs, 12 * second);
  const learntMs = durationMs === null ? null : durationMs / (steps * batchCount);
  return Math.max(60 * second, 10 * (learntMs ?? seenMs));
}

function indexOf({ passNumber, stepCount, step }: { passNumber: number; stepCount: number; step: number }) {
  return passNumber * stepCount + step;
}

function placeOf({ latest }: InFlight): string {
  if (latest === null) return '';
  const { jobTimestamp, passNumber, passCount, step } = latest.progress;
  return JSON.stringify([jobTimestamp, passNumber, passCount === null, step]);
}
