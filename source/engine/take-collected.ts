import type { Failure } from '../generation/failure.ts';
import type { GeneratedImage } from '../generation/image.ts';
import { wantedSeedsOf } from './collect.ts';
import type { Collected, Event } from './event.ts';
import { countGivenUp, giveUp, mayReplace } from './fail.ts';
import { failurePolicies, retryDelayMs } from './failure-policy.ts';
import { announceImages, finish } from './finish.ts';
import type { Collecting, Lane, LaneId, Work } from './lane.ts';
import type { Turn } from './turn.ts';
import { withSeeds } from './with-seeds.ts';

export function takeCollected(turn: Turn, event: Extract<Event, { type: 'collected' }>): void {
  const lane = turn.state.lanes.find((each) => each.collecting.some(({ number }) => number === event.number));
  const entry = lane?.collecting.find(({ number }) => number === event.number);
  if (!lane || !entry) return;
  if (event.result.ok) land(turn, lane, entry, event.result.value);
  else holdOn(turn, lane.id, entry, event.result.failure);
}

function land(turn: Turn, lane: Lane, entry: Collecting, { images, blackSeeds }: Collected): void {
  remove(turn, lane.id, entry);
  const wantedCount = wantedSeedsOf(entry).length;
  const trouble = troubleOf(entry, wantedCount, images.length, blackSeeds.length);
  const isLoss = trouble !== null && images.length === 0;
  const isReplaced = isLoss && mayReplace(turn, entry.work, trouble);
  if (trouble !== null) {
    turn.announce({
      type: 'failure',
      failure: trouble,
      generation: entry.work.planned,
      willRetry: isReplaced,
      retryDelayMs: null,
      ...(isReplaced ? { measure: { kind: 'next-generation' } as const } : {}),
    });
  }
  if (trouble === null && entry.abandonment === null && entry.work.laterSeeds.length > 0) {
    sendForTheRest(turn, lane.id, entry, images);
    return;
  }
  const isLost = wantedCount > 0 && images.length === 0;
  finish(turn, entry.work, {
    outcome: entry.abandonment !== null ? 'abandoned' : isLost ? 'given-up' : 'finished',
    images,
    durationMs: entry.durationMs,
    gpuIdleMs: entry.gpuIdleMs,
    othersCount: entry.othersCount,
  });
  if (images.length > 0) turn.change({ givenUpCount: 0, replacedFor: null, maySwitchSaving: false });
  else if (trouble !== null && !isReplaced) takeLoss(turn, entry.work, trouble);
}

/** The request had no room for all images of the generation: the others are sent for. */
function sendForTheRest(turn: Turn, id: LaneId, entry: Collecting, images: readonly GeneratedImage[]): void {
  const { work, durationMs, gpuIdleMs } = entry;
  announceImages(turn, work, images, durationMs);
  turn.change({ givenUpCount: 0, replacedFor: null, maySwitchSaving: false });
  const rest = {
    ...withSeeds(work, work.laterSeeds),
    attempt: work.attempt + 1,
    firstSentAt: null,
    landedCount: work.landedCount + images.length,
    spentMs: work.spentMs + durationMs,
    spentIdleMs: work.spentIdleMs + gpuIdleMs,
  };
  turn.changeLane(id, { pending: [{ work: rest, mustReconcile: false }, ...turn.lane(id).pending] });
}

function troubleOf(
  entry: Collecting,
  wantedCount: number,
  landedCount: number,
  blackCount: number,
): Failure | null {
  if (entry.abandonment !== null) return null;
  if (blackCount > 0) return { kind: 'black-image', detail: `${blackCount} of ${wantedCount}` };
  if (landedCount < wantedCount) {
    return { kind: 'images-missing', detail: `${wantedCount - landedCount} of ${wantedCount}` };
  }
  return null;
}

/** A whole generation left nothing; where the server was to save for the first time, its directory is not the one we see. */
function takeLoss(turn: Turn, work: Work, trouble: Failure): void {
  if (trouble.kind === 'images-missing' && turn.state.maySwitchSaving && turn.state.saving === 'server') {
    turn.change({ saving: 'client', maySwitchSaving: false });
    return;
  }
  countGivenUp(turn, work, trouble);
}

/** Images that cannot be written stay in memory until they can be. */
function holdOn(turn: Turn, id: LaneId, entry: Collecting, failure: Failure): void {
  const policy = failurePolicies[failure.kind];
  if (policy.action === 'give-up') {
    remove(turn, id, entry);
    giveUp(turn, entry.work, failure, entry.abandonment !== null);
    return;
  }
  const failureCount = entry.failureCount + 1;
  const delayMs =
    policy.action === 'retry' ? retryDelayMs(policy.delaysMs, failureCount, failure.retryAfterMs) : null;
  const number = turn.takeNumber();
  const waiting = { until: delayMs === null ? null : turn.at + delayMs, failure };
  const held: Collecting = { ...entry, number, failureCount, waiting };
  turn.changeLane(id, {
    endedAt: null,
    collecting: turn.lane(id).collecting.map((each) => (each.number === entry.number ? held : each)),
  });
  if (delayMs !== null) turn.perform({ type: 'wait', number, ms: delayMs });
  else if (turn.state.trouble === null) turn.change({ trouble: failure });
  turn.announce({
    type: 'failure',
    failure,
    generation: entry.work.planned,
    willRetry: delayMs !== null,
    retryDelayMs: delayMs,
  });
}

function remove(turn: Turn, id: LaneId, entry: Collecting): void {
  turn.changeLane(id, {
    collecting: turn.lane(id).collecting.filter(({ number }) => number !== entry.number),
  });
  turn.perform({ type: 'release', answerNumber: entry.answerNumber });
}
