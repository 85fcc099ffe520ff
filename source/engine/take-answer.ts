import type { Failure } from '../generation/failure.ts';
import { isSameCheckpoint } from '../generation/is-same-checkpoint.ts';
import { collect } from './collect.ts';
import type { AnswerSummary, Event } from './event.ts';
import { failRequest, tryAgain } from './fail.ts';
import { noFailures } from './failure-counts.ts';
import type { InFlight, Lane } from './lane.ts';
import { learnRoom } from './make-room.ts';
import { learnDuration, learnImages, roundTripMs, shapeKeyOf } from './pace.ts';
import type { Turn } from './turn.ts';
import { hungFailure } from './watch-for-hang.ts';
import { learnWireRoom } from './wire-limit.ts';

export function takeAnswer(turn: Turn, event: Extract<Event, { type: 'answered' }>): void {
  const lane = turn.state.lanes.find((each) =>
    each.inFlight.some((request) => request.number === event.number),
  );
  const request = lane?.inFlight.find(({ number }) => number === event.number);
  if (!lane || !request) {
    turn.perform({ type: 'release', answerNumber: event.number });
    return;
  }
  const endedAt = turn.at - roundTripMs(turn.state.pace) / 2;
  removeAndPromote(turn, lane, request, endedAt);
  if (!event.result.ok) {
    failRequest(turn, lane.id, request, event.result.failure);
    return;
  }
  if (request.hangInterruptedAt !== null && request.abandonment === null) {
    turn.perform({ type: 'release', answerNumber: request.number });
    tryAgain(turn, lane.id, request, hungFailure(request), [1000]);
    return;
  }
  const mismatch = checkpointMismatch(lane, request, event.result.value);
  if (mismatch !== null) {
    turn.perform({ type: 'release', answerNumber: request.number });
    failRequest(turn, lane.id, request, mismatch);
    return;
  }
  const startedAt = request.startedAt ?? endedAt;
  const durationMs = Math.max(0, endedAt - startedAt);
  if (request.abandonment === null && request.startedAt !== null) {
    const shape = shapeKeyOf(request.work.request);
    const pace = learnDuration(turn.state.pace, shape, durationMs);
    turn.change({ pace: learnImages(pace, request.work.request, durationMs) });
  }
  turn.changeLane(lane.id, { failures: noFailures, restartCount: 0, isProven: true, endedAt });
  if (request.abandonment === null) {
    learnRoom(turn, request.work);
    learnWireRoom(turn, request.work);
  }
  const ownJob = event.result.value.jobTimestamp ?? null;
  collect(turn, lane.id, request, { durationMs, othersCount: othersBefore(lane, request, ownJob) });
  turn.changeLane(lane.id, { lastJob: ownJob });
}

/**
 * How many jobs of others ran while the request waited, of those that polls have told of; null where its own is not known. SD.Next begins
 * jobs within a job.
 */
function othersBefore(
  { webUi, lastJob }: Lane,
  { seenJobs }: InFlight,
  ownJob: string | null,
): number | null {
  if (ownJob === null || webUi === null || webUi.family === 'sdnext') return null;
  return seenJobs.filter((job) => job !== ownJob && job !== lastJob).length;
}

/** The request behind the answered one runs from here on; how long the GPU waited for it follows from when it arrived. */
function removeAndPromote(turn: Turn, lane: Lane, request: InFlight, endedAt: number): void {
  const rest = lane.inFlight.filter(({ number }) => number !== request.number);
  const [next, ...others] = rest;
  if (next === undefined || next.startedAt !== null) {
    turn.changeLane(lane.id, { inFlight: rest });
    return;
  }
  const arrivedAt = next.sentAt + roundTripMs(turn.state.pace) / 2;
  const promoted: InFlight = {
    ...next,
    startedAt: Math.max(arrivedAt, endedAt),
    gpuIdleMs: Math.max(0, arrivedAt - endedAt),
  };
  turn.changeLane(lane.id, { inFlight: [promoted, ...others] });
}

/** An unknown checkpoint is silently replaced by the current one in every family, so the answer is compared (webui-api.md 3.1). */
function checkpointMismatch(lane: Lane, { work }: InFlight, answer: AnswerSummary): Failure | null {
  const asked = lane.webUi?.checkpoints.find(({ title }) => title === work.request.checkpoint);
  if (!asked) return null;
  if (isSameCheckpoint(asked, answer.checkpointName, answer.checkpointHash) !== 'other') return null;
  return { kind: 'wrong-checkpoint', detail: answer.checkpointName ?? '', asked: asked.title };
}
