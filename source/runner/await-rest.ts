import { setTimeout as delay } from 'node:timers/promises';
import type { Failure } from '../generation/failure.ts';
import type { Progress } from '../generation/webui.ts';
import type { WebUiClient } from '../webui/client.ts';

const intervalMs = 1000;

/** Between the end of a job and the start of the one that waits behind it a poll sees nothing run: it is asked twice, so far apart, ms. */
const secondLookMs = 400;

/** A job whose progress stands still for so long hangs, and is not waited for, ms; for a patience of 1. */
const usualStandstillMs = 180_000;

/** One that stood still before, was interrupted and stands there still, has had its time, ms. */
const furtherStandstillMs = 30_000;

/** The request whose answer was lost: when it went out (ms since epoch), and how long it should take, if that is known. */
export type LostRequest = {
  readonly sentAt: number;
  readonly expectedMs: number | null;
  /** Whether it was given up because the WebUI made no step. */
  readonly hasHung: boolean;
};

/** What ends the waiting, and in what share of the usual time a job that stands still counts as hung; 1 when not given. */
export type Waiting = { readonly signal: AbortSignal; readonly hangPatience?: number };

/**
 * Waits until the WebUI rests, since servers go on without their client (webui-api.md 8) and what was sent may still wait behind other
 * people's work; or until `isEnough` (asked after each poll) says that waiting is no longer needed, or it hangs. One that tells no progress is
 * given the time that the work should take. Returns why it cannot be known where the WebUI does not answer: behind a line that is
 * down it may work on; or `hung`.
 */
export async function awaitRest(
  client: WebUiClient,
  { sentAt, expectedMs, hasHung }: LostRequest,
  { signal, hangPatience = 1 }: Waiting,
  isEnough: () => Promise<boolean>,
): Promise<Failure | null> {
  const usualMs = hangPatience * usualStandstillMs;
  let isSecondLook = false;
  let patienceMs = hasHung ? hangPatience * furtherStandstillMs : usualMs;
  let last = '';
  let movedAt = performance.now();
  while (!signal.aborted) {
    const progress = await client.readProgress();
    if (!progress.ok && progress.failure.kind === 'api-off') {
      await sleep(Math.min(sentAt + (expectedMs ?? 0) - Date.now(), usualMs), signal);
      return null;
    }
    if (!progress.ok) return isAway(progress.failure) ? progress.failure : null;
    if ((!progress.value.isRunning && isSecondLook) || (await isEnough())) return null;
    isSecondLook = !progress.value.isRunning;
    const place = placeOf(progress.value);
    if (place !== last) movedAt = performance.now();
    if (place !== last && last !== '') patienceMs = usualMs;
    last = place;
    if (performance.now() - movedAt > patienceMs) return hungFor(patienceMs);
    await sleep(isSecondLook ? secondLookMs : intervalMs, signal);
  }
  return null;
}

function hungFor(ms: number): Failure {
  return { kind: 'hung', detail: `no step for ${Math.round(ms / 1000)} s`, mayHaveRun: true };
}

function isAway({ kind }: Failure): boolean {
  return kind === 'unreachable' || kind === 'connection-lost' || kind === 'starting' || kind === 'busy';
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal }).catch(() => undefined);
}

function placeOf({ jobTimestamp, passNumber, step, isRunning }: Progress): string {
  return JSON.stringify([isRunning, jobTimestamp, passNumber, step]);
}
