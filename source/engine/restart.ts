import { type Failure, silence } from '../generation/failure.ts';
import type { Event } from './event.ts';
import { finish } from './finish.ts';
import type { InFlight, Lane, LaneId, Pending } from './lane.ts';
import { probe, waitBeforeProbe } from './link.ts';
import { type RestartWay, restartWay } from './restart-way.ts';
import type { Turn } from './turn.ts';

/** So many restarts in a row that led to no generation help no more: a person must look. */
export const maxRestartsInARow = 5;

/** A WebUI whose memory is full again so soon, ms, needs more memory and no restart. */
const minWantedIntervalMs = 10 * 60_000;

/** A WebUI that is away is asked no more often, ms. */
const minAttemptIntervalMs = 1000;

/** Between the end of a restart and the next, ms, by how many there were in a row; what dies at once is not started at once. */
const pausesMs = [0, 10_000, 30_000, 60_000, 180_000];
const longestPauseMs = 180_000;

/**
 * Has the lane's WebUI restarted because of `reason`, and tells whether it is seen to: false where it cannot be restarted, or not yet. What
 * is in flight loses its answer and is looked for before it is sent again. After several restarts in a row that led to nothing a person is asked
 * instead.
 */
export function restartLane(turn: Turn, id: LaneId, reason: Failure): boolean {
  const lane = turn.lane(id);
  const way = restartWay(turn, id, reason);
  if (way === null || lane.link.kind === 'restarting') return false;
  if (lane.restartCount >= maxRestartsInARow) {
    askForPerson(turn, {
      kind: 'restart-failed',
      detail: `${lane.restartCount} restarts in a row led to no image`,
    });
    return false;
  }
  if (turn.at < pausedUntil(lane)) return false;
  loseInFlight(turn, id);
  turn.changeLane(id, {
    restartCount: lane.restartCount + 1,
    restartWanted: null,
    ended: null,
    isAway: true,
    awaySince: lane.isAway ? lane.awaySince : turn.at,
    isProven: false,
    endedAt: null,
    alarm: null,
  });
  begin(turn, id, reason, way);
  return true;
}

/** A WebUI that does not restart itself is restarted by the command, or used as it is. */
function goOnWithout(turn: Turn, id: LaneId, reason: Failure, failure: Failure): void {
  turn.changeLane(id, { hasRefusedRestart: true });
  const willRetry = turn.state.canRestart;
  turn.announce({
    type: 'failure',
    failure,
    generation: null,
    willRetry,
    retryDelayMs: null,
    ...(willRetry ? { measure: { kind: 'restart-command' } as const } : {}),
  });
  if (willRetry) begin(turn, id, reason, 'command');
  else probe(turn, id);
}

function begin(turn: Turn, id: LaneId, reason: Failure, way: RestartWay): void {
  const number = turn.takeNumber();
  turn.changeLane(id, { link: { kind: 'restarting', number, since: turn.at, reason, way } });
  turn.announce({ type: 'restarting', reason, way });
  turn.perform({ type: 'restart', number, lane: id, reason, way });
}

/** The WebUI answers again, or the restart failed: then it is asked and restarted later, and a person is told once that did not help. */
export function takeRestarted(turn: Turn, event: Extract<Event, { type: 'restarted' }>): void {
  const lane = turn.state.lanes.find(
    ({ link }) => link.kind === 'restarting' && link.number === event.number,
  );
  if (lane?.link.kind !== 'restarting') return;
  const { way, reason } = lane.link;
  turn.changeLane(lane.id, { restartedAt: turn.at });
  if (event.result.ok) {
    probe(turn, lane.id);
    return;
  }
  const { failure } = event.result;
  if (way === 'itself') return goOnWithout(turn, lane.id, reason, failure);
  const delayMs = pausesMs[lane.restartCount] ?? longestPauseMs;
  turn.changeLane(lane.id, { ended: { kind: 'unreachable', detail: failure.detail } });
  // It is asked on after the last, since a person may start it elsewhere than here.
  waitBeforeProbe(turn, lane.id, failure, delayMs);
  if (lane.restartCount >= maxRestartsInARow) {
    askForPerson(turn, failure);
    return;
  }
  turn.announce({ type: 'failure', failure, generation: null, willRetry: true, retryDelayMs: delayMs });
}

function askForPerson(turn: Turn, failure: Failure): void {
  if (turn.state.trouble !== null) return;
  turn.change({ trouble: failure });
  turn.announce({ type: 'failure', failure, generation: null, willRetry: false, retryDelayMs: null });
}

/** There is nothing to wait for: the WebUI is restarted as soon as it is seen that no other answers in its place. */
export function takeEnded(turn: Turn, id: LaneId, failure: Failure): void {
  const { link } = turn.lane(id);
  const { canRestart, intention, plan } = turn.state;
  if (!canRestart) return;
  if (link.kind === 'restarting') {
    // One that restarts itself lives on in what started it; where that has ended too, nothing comes of it.
    const { detail } = failure;
    if (link.way === 'itself') goOnWithout(turn, id, link.reason, { kind: 'restart-failed', detail });
    return;
  }
  turn.changeLane(id, { ended: failure });
  if (link.kind !== 'closed' && intention === 'run' && plan !== null) probe(turn, id);
}

/** The runner sees the memory fill: the lane is restarted once nothing is in flight. */
export function wantRestart(turn: Turn, id: LaneId, reason: Failure): void {
  const { wantedRestartAt, link } = turn.lane(id);
  const isSoon = wantedRestartAt !== null && turn.at - wantedRestartAt < minWantedIntervalMs;
  if (restartWay(turn, id, reason) === null || isSoon || link.kind !== 'connected') return;
  turn.changeLane(id, { restartWanted: reason });
}

/** Restarts a lane that waits for the end of what is in flight; tells whether nothing is to be sent until then. */
export function restartIfWanted(turn: Turn, id: LaneId): boolean {
  const { restartWanted, inFlight } = turn.lane(id);
  if (restartWanted === null) return false;
  if (inFlight.length > 0) return true;
  const isBegun = restartLane(turn, id, restartWanted);
  turn.changeLane(id, isBegun ? { wantedRestartAt: turn.at } : { restartWanted: null });
  return isBegun;
}

/** No later than a restart may begin, so that it is not put off by a wait that has grown long. */
export function beforeRestart(turn: Turn, id: LaneId, delayMs: number): number {
  const { canRestart, restartGraceMs } = turn.state;
  const lane = turn.lane(id);
  const graceEndsAt = lane.ended === null ? lane.awaySince + restartGraceMs : turn.at;
  const leftMs = Math.max(graceEndsAt, pausedUntil(lane)) - turn.at;
  return canRestart && leftMs > 0 ? Math.min(delayMs, Math.max(leftMs, minAttemptIntervalMs)) : delayMs;
}

/**
 * Whether a WebUI that does not answer is to be restarted now: at once when nothing was ever there or it has ended, else after a grace, since one
 * that is silent may be at work; not while nobody wants it.
 */
export function isRestartDue(turn: Turn, id: LaneId, failure: Failure): boolean {
  const { intention, plan, trouble, restartGraceMs } = turn.state;
  const { webUi, awaySince, restartCount, ended } = turn.lane(id);
  const isDown =
    failure.kind === 'unreachable' || failure.kind === 'connection-lost' || failure.kind === 'server-error';
  if (!isDown || intention !== 'run' || trouble !== null) return false;
  const hasHadGrace = turn.at - awaySince >= restartGraceMs;
  if (webUi === null) {
    const isSilent = failure.detail === silence;
    return restartCount > 0 || (failure.kind === 'unreachable' && (!isSilent || hasHadGrace));
  }
  return plan !== null && (ended !== null || hasHadGrace);
}

/** Until when no other restart may follow the last one, ms since epoch. */
function pausedUntil({ restartedAt, restartCount }: Lane): number {
  return (restartedAt ?? Number.NEGATIVE_INFINITY) + (pausesMs[restartCount] ?? 0);
}

/** No answer will come: what was sent is looked for, the older first; what a person gave up is let go. */
function loseInFlight(turn: Turn, id: LaneId): void {
  const { inFlight, pending, reconciling } = turn.lane(id);
  for (const { work } of inFlight.filter(({ abandonment }) => abandonment !== null)) {
    finish(turn, work, { outcome: 'abandoned', images: [], durationMs: 0, gpuIdleMs: 0 });
  }
  const lost = inFlight.filter(({ abandonment }) => abandonment === null).map(toPending);
  const sought = reconciling === null ? [] : [{ work: reconciling.work, mustReconcile: true }];
  turn.changeLane(id, {
    inFlight: [],
    reconciling: null,
    pending: [...pending, ...sought, ...lost].sort((a, b) => a.work.planned.id - b.work.planned.id),
  });
}

function toPending({ work, sentAt }: InFlight): Pending {
  const firstSentAt = work.firstSentAt ?? sentAt;
  return { work: { ...work, attempt: work.attempt + 1, firstSentAt }, mustReconcile: true };
}
