import { finish } from './finish.ts';
import type { InFlight, Lane, LaneId, Pending } from './lane.ts';
import { abandonmentOf } from './obey.ts';
import { reconcileLost } from './reconcile-lost.ts';
import type { Turn } from './turn.ts';

/** An interrupt reaches only a job that has begun, so it is repeated until all have returned (webui-api.md 4.2). */
const interruptIntervalMs = 400;

/** A WebUI that hangs cannot be interrupted and never answers (webui-api.md 10.4): so long is waited for it, ms. */
const interruptPatienceMs = 15_000;

/**
 * A stop lets what is in flight finish, finds out about lost answers, and lets go of what was not sent; what cannot be found out now is
 * left to the next runner.
 */
export function windUp(turn: Turn, id: LaneId): void {
  const lane = turn.lane(id);
  if (turn.state.stoppingNowSince !== null) {
    interruptAgain(turn, lane, turn.state.stoppingNowSince);
    letGoOfHeld(turn, id);
  }
  if (lane.reconciling !== null || reconcileLost(turn, turn.lane(id))) return;
  const { pending } = turn.lane(id);
  for (const { work, isLeft } of pending) {
    if (!isLeft) finish(turn, work, { outcome: 'abandoned', images: [], durationMs: 0, gpuIdleMs: 0 });
  }
  if (pending.length > 0) turn.changeLane(id, { pending: pending.filter(({ isLeft }) => isLeft) });
}

function interruptAgain(turn: Turn, lane: Lane, since: number): void {
  if (lane.inFlight.length === 0 || lane.interruptAlarm !== null) return;
  if (turn.at - since >= interruptPatienceMs) {
    for (const request of lane.inFlight) leaveToNext(turn, lane.id, request);
    turn.changeLane(lane.id, { inFlight: [] });
    return;
  }
  const number = turn.takeNumber();
  turn.changeLane(lane.id, {
    interruptAlarm: number,
    inFlight: lane.inFlight.map((request) => ({
      ...request,
      abandonment: request.abandonment ?? abandonmentOf(request, 'interrupt'),
    })),
  });
  if (lane.webUi?.hasInterrupt) turn.perform({ type: 'interrupt', lane: lane.id });
  turn.perform({ type: 'wait', number, ms: interruptIntervalMs });
}

/** Nobody knows what a WebUI that hangs will still save of it. */
function leaveToNext(turn: Turn, id: LaneId, { work, sentAt }: InFlight): void {
  const left: Pending = {
    work: { ...work, firstSentAt: work.firstSentAt ?? sentAt },
    mustReconcile: true,
    isLeft: true,
  };
  turn.changeLane(id, { pending: [...turn.lane(id).pending, left] });
}

/** Images that wait for space on the disk cannot be waited for by a stop at once. */
function letGoOfHeld(turn: Turn, id: LaneId): void {
  const { collecting } = turn.lane(id);
  const held = collecting.filter(({ waiting }) => waiting !== null);
  if (held.length === 0) return;
  turn.changeLane(id, { collecting: collecting.filter(({ waiting }) => waiting === null) });
  for (const { work, answerNumber } of held) {
    turn.perform({ type: 'release', answerNumber });
    finish(turn, work, { outcome: 'given-up', images: [], durationMs: 0, gpuIdleMs: 0 });
  }
}
