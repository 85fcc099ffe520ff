import type { Failure } from '../generation/failure.ts';
import { failurePolicies, maxGivenUpInARow, retryDelayMs } from './failure-policy.ts';
import { finish } from './finish.ts';
import type { InFlight, LaneId, Pending, Work } from './lane.ts';
import { waitBeforeProbe } from './link.ts';
import type { Turn } from './turn.ts';

/** Does what the failure of a request asks for: try again later, let the generation go, or stop for a person. */
export function failRequest(turn: Turn, id: LaneId, request: InFlight, failure: Failure): void {
  const policy = failurePolicies[failure.kind];
  turn.changeLane(id, { isProven: false, endedAt: null });
  if (request.abandonment !== null || policy.action !== 'retry') {
    giveUp(turn, request.work, failure, request.abandonment !== null);
    return;
  }
  const lane = turn.lane(id);
  const failureCount = lane.failureCount + 1;
  const delayMs = retryDelayMs(policy.delaysMs, failureCount, failure.retryAfterMs);
  turn.changeLane(id, { failureCount });
  postpone(turn, id, request, failure.mayHaveRun === true);
  if (isTroubleOfTheConnection(failure)) {
    turn.changeLane(id, { isAway: true, awaySince: lane.isAway ? lane.awaySince : turn.at });
  }
  // When two requests fail together, the wait that the first one began serves both.
  if (lane.link.kind === 'connected') waitBeforeProbe(turn, id, failure, delayMs);
  turn.announce({
    type: 'failure',
    failure,
    generation: request.work.planned,
    willRetry: true,
    retryDelayMs: delayMs,
  });
}

/** Lets a generation go: announces why and ends it; stops for a person where that is called for. */
export function giveUp(turn: Turn, work: Work, failure: Failure, isAbandoned: boolean): void {
  turn.announce({
    type: 'failure',
    failure,
    generation: work.planned,
    willRetry: false,
    retryDelayMs: null,
  });
  finish(turn, work, {
    outcome: isAbandoned ? 'abandoned' : 'given-up',
    images: [],
    durationMs: 0,
    gpuIdleMs: 0,
  });
  if (!isAbandoned) countGivenUp(turn, failure);
}

/** Counts a generation that made nothing; a person is asked at once or after several in a row. */
export function countGivenUp(turn: Turn, failure: Failure): void {
  const givenUpCount = turn.state.givenUpCount + 1;
  turn.change({ givenUpCount });
  const mustAsk = failurePolicies[failure.kind].action === 'ask' || givenUpCount >= maxGivenUpInARow;
  if (mustAsk && turn.state.trouble === null) turn.change({ trouble: failure });
}

function postpone(turn: Turn, id: LaneId, { work, sentAt }: InFlight, mayHaveRun: boolean): void {
  const { pending } = turn.lane(id);
  const firstSentAt = work.firstSentAt ?? (mayHaveRun ? sentAt : null);
  const entry: Pending = {
    work: { ...work, attempt: work.attempt + 1, firstSentAt },
    mustReconcile: firstSentAt !== null,
  };
  turn.changeLane(id, {
    pending: [...pending, entry].sort((a, b) => a.work.planned.id - b.work.planned.id),
  });
}

function isTroubleOfTheConnection({ kind }: Failure): boolean {
  return kind === 'unreachable' || kind === 'connection-lost' || kind === 'starting' || kind === 'api-off';
}
