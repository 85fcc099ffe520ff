import type { Failure } from '../generation/failure.ts';
import { countOf, withFailure } from './failure-counts.ts';
import { failurePolicies, maxGivenUpInARow, retryDelayMs } from './failure-policy.ts';
import { finish } from './finish.ts';
import type { InFlight, LaneId, Pending, Work } from './lane.ts';
import { waitBeforeProbe } from './link.ts';
import { makeRoom } from './make-room.ts';
import type { Measure } from './measure.ts';
import type { Turn } from './turn.ts';
import { learnWireLimit } from './wire-limit.ts';

/** Does what the failure of a request asks for: try again later, let the generation go, or stop for a person. */
export function failRequest(turn: Turn, id: LaneId, request: InFlight, failure: Failure): void {
  const policy = failurePolicies[failure.kind];
  turn.changeLane(id, { isProven: false, endedAt: null });
  if (request.abandonment !== null) return giveUp(turn, request.work, failure, true);
  learnWireLimit(turn, request, failure);
  switch (policy.action) {
    case 'retry':
      return tryAgain(turn, id, request, failure, policy.delaysMs);
    case 'make-room': {
      const measure = makeRoom(turn, id, request);
      if (measure === null) return giveUp(turn, request.work, failure, false);
      return tryAgain(turn, id, request, failure, policy.delaysMs, measure);
    }
    case 'replace':
      if (failure.kind === 'wrong-checkpoint') turn.perform({ type: 'refresh', lane: id });
      return replace(turn, request.work, failure);
    case 'give-up':
    case 'wake':
    case 'ask':
      return giveUp(turn, request.work, failure, false);
  }
}

/** Sends the generation again after a while. */
export function tryAgain(
  turn: Turn,
  id: LaneId,
  request: InFlight,
  failure: Failure,
  delaysMs: readonly number[],
  measure?: Measure,
): void {
  const lane = turn.lane(id);
  const failures = withFailure(lane.failures, failure.kind);
  const delayMs = retryDelayMs(delaysMs, countOf(failures, failure.kind), failure.retryAfterMs);
  turn.changeLane(id, { failures });
  postpone(turn, id, request, failure.mayHaveRun === true || mayHaveSaved(turn, request, failure));
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
    ...(measure === undefined ? {} : { measure }),
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
  endInVain(turn, work, isAbandoned);
  if (!isAbandoned) countGivenUp(turn, work, failure);
}

/**
 * Lets a generation go whose seeds or checkpoint led to nothing: others are made in its place. Only when these fail too, the two count
 * as one that was given up, since a quarter of all generations may come out so on a bad night (peers.md b17).
 */
function replace(turn: Turn, work: Work, failure: Failure): void {
  if (!mayReplace(turn, work, failure)) return giveUp(turn, work, failure, false);
  turn.announce({
    type: 'failure',
    failure,
    generation: work.planned,
    willRetry: true,
    retryDelayMs: null,
    measure: { kind: 'next-generation' },
  });
  endInVain(turn, work, false);
}

/** Whether this is the first such failure, after which another generation is tried; the second one counts. */
export function mayReplace(turn: Turn, { planned }: Work, { kind }: Failure): boolean {
  if (planned.asked !== undefined) return false;
  const isFirst = failurePolicies[kind].action === 'replace' && turn.state.replacedFor === null;
  turn.change({ replacedFor: isFirst ? kind : null });
  return isFirst;
}

function endInVain(turn: Turn, work: Work, isAbandoned: boolean): void {
  const outcome = isAbandoned ? 'abandoned' : 'given-up';
  finish(turn, work, { outcome, images: [], durationMs: 0, gpuIdleMs: 0 });
}

/**
 * Counts a generation that made nothing; a person is asked at once or after several in a row. One that was asked for beside the plan says
 * nothing of the others.
 */
export function countGivenUp(turn: Turn, { planned }: Work, failure: Failure): void {
  if (planned.asked !== undefined) return;
  const givenUpCount = turn.state.givenUpCount + 1;
  turn.change({ givenUpCount });
  const mustAsk = failurePolicies[failure.kind].action === 'ask' || givenUpCount >= maxGivenUpInARow;
  if (mustAsk && turn.state.trouble === null) turn.change({ trouble: failure });
}

/** Puts a generation aside to be sent again; what may have run is looked for first. */
export function postpone(turn: Turn, id: LaneId, { work, sentAt }: InFlight, mayHaveRun: boolean): void {
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

const mayFollowImages: ReadonlySet<Failure['kind']> = new Set([
  'out-of-memory',
  'server-error',
  'no-images',
  'disk-full',
]);

/** A WebUI that saves writes the images of each batch before the next one fails (webui-api.md 8). */
function mayHaveSaved({ state }: Turn, { work }: InFlight, { kind }: Failure): boolean {
  if (state.saving !== 'server' || work.request.parameters.batchCount === 1) return false;
  return mayFollowImages.has(kind);
}

function isTroubleOfTheConnection({ kind }: Failure): boolean {
  return kind === 'unreachable' || kind === 'connection-lost' || kind === 'starting' || kind === 'api-off';
}
