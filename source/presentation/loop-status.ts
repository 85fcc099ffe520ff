import { totalOf } from '../engine/failure-counts.ts';
import type { Lane } from '../engine/lane.ts';
import type { LoopState } from '../engine/state.ts';
import { lowSpaceFailure } from '../engine/take-space.ts';
import type { LoopStatus } from './snapshot.ts';

/** What the loop is doing, as one word and its data. */
export function statusOf(state: LoopState): LoopStatus {
  const { rest, ended, trouble, intention, lanes } = state;
  if (ended !== null) return { kind: 'stopped', reason: ended };
  if (trouble !== null && !lanes.some(isWorking)) return { kind: 'needs-you', failure: trouble };
  if (rest?.kind === 'paused') return { kind: 'paused', since: rest.since };
  if (intention === 'stop') return { kind: 'stopping' };
  if (intention === 'pause') return { kind: 'pausing' };
  if (lanes.some(isWorking)) return heldUp(lanes) ?? { kind: 'generating' };
  return (
    waitingOf(state) ?? lowSpaceOf(state) ?? (state.plan === null ? { kind: 'idle' } : { kind: 'generating' })
  );
}

function isWorking({ inFlight, collecting }: Lane): boolean {
  return inFlight.length > 0 || collecting.some(({ waiting }) => waiting === null);
}

/** Requests may still be out while their lane already waits to try again. */
function heldUp(lanes: readonly Lane[]): LoopStatus | null {
  const isAnyRunning = lanes.some(({ inFlight }) => inFlight.length > 0);
  return isAnyRunning ? null : retryOf(lanes);
}

function waitingOf({ lanes, plan }: LoopState): LoopStatus | null {
  const retry = retryOf(lanes);
  const [first] = lanes;
  if (!first) return null;
  // Before a WebUI has ever answered, trying again is how connecting looks.
  const hasAnswered = lanes.some(({ webUi }) => webUi !== null);
  if (retry !== null && (hasAnswered || plan !== null || retry.kind === 'restarting')) return retry;
  if (lanes.some(({ isAway }) => !isAway)) return null;
  if (retry !== null) return retry;
  return { kind: 'connecting', since: first.awaySince, attemptCount: totalOf(first.linkFailures) + 1 };
}

function lowSpaceOf({ lowSpace, plan }: LoopState): LoopStatus | null {
  if (lowSpace === null || plan === null) return null;
  return {
    kind: 'retrying',
    nextAttemptAt: lowSpace.nextLookAt,
    attemptCount: 1,
    failure: lowSpaceFailure(lowSpace),
  };
}

function retryOf(lanes: readonly Lane[]): LoopStatus | null {
  for (const lane of lanes) {
    if (lane.link.kind === 'restarting') {
      const { since, reason } = lane.link;
      return { kind: 'restarting', since, reason };
    }
    if (lane.link.kind === 'waiting') {
      const attemptCount = Math.max(totalOf(lane.linkFailures), totalOf(lane.failures));
      return {
        kind: 'retrying',
        nextAttemptAt: lane.link.until,
        attemptCount,
        failure: lane.link.failure,
      };
    }
    for (const { waiting, failureCount } of lane.collecting) {
      if (waiting?.until == null) continue;
      return {
        kind: 'retrying',
        nextAttemptAt: waiting.until,
        attemptCount: failureCount,
        failure: waiting.failure,
      };
    }
  }
  return null;
}
