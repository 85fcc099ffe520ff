import type { Failure } from '../generation/failure.ts';
import type { Event } from './event.ts';
import { countOf, noFailures, withFailure } from './failure-counts.ts';
import { failurePolicies, retryDelayMs } from './failure-policy.ts';
import { finish } from './finish.ts';
import { emptyLane, type LaneId } from './lane.ts';
import { beforeRestart, isRestartDue, restartLane } from './restart.ts';
import type { Turn } from './turn.ts';

/** Starts over with a lane whose WebUI was named (anew); what was in flight on the old one is let go. */
export function openLane(turn: Turn, id: LaneId): void {
  const old = turn.lane(id);
  for (const { work } of [...old.inFlight, ...old.pending, ...old.collecting]) {
    finish(turn, work, { outcome: 'abandoned', images: [], durationMs: 0, gpuIdleMs: 0 });
  }
  turn.changeLane(id, emptyLane(id, turn.at));
  turn.change({ trouble: null });
  probe(turn, id);
}

/** Asks whether the lane's WebUI is there. */
export function probe(turn: Turn, id: LaneId): void {
  const number = turn.takeNumber();
  turn.changeLane(id, { link: { kind: 'probing', number } });
  turn.perform({ type: 'probe', number, lane: id });
}

export function takeProbe(turn: Turn, event: Extract<Event, { type: 'probed' }>): void {
  const lane = turn.state.lanes.find(({ link }) => link.kind === 'probing' && link.number === event.number);
  if (!lane) return;
  if (!event.result.ok) {
    loseLink(turn, lane.id, event.result.failure);
    return;
  }
  const webUi = event.result.value;
  if (lane.isAway) {
    const before = lane.webUi?.family ?? webUi.family;
    turn.announce({
      type: 'connected',
      webUi,
      isReconnect: lane.webUi !== null,
      ...(before === webUi.family ? {} : { familyBefore: before }),
    });
  }
  turn.changeLane(lane.id, {
    link: { kind: 'connected' },
    webUi,
    isAway: false,
    linkFailures: noFailures,
    ended: null,
  });
  if (turn.state.trouble?.kind === 'restart-failed') turn.change({ trouble: null });
  if (event.saving !== null) turn.change({ saving: event.saving });
}

/** The lane's WebUI does not answer, or not as it should: asks again later, or stops for a person. */
export function loseLink(turn: Turn, id: LaneId, failure: Failure): void {
  const policy = failurePolicies[failure.kind];
  const lane = turn.lane(id);
  const awaySince = lane.isAway ? lane.awaySince : turn.at;
  if (policy.action === 'ask') {
    turn.changeLane(id, { link: { kind: 'closed' }, isAway: true, awaySince });
    turn.change({ trouble: failure });
    turn.announce({ type: 'failure', failure, generation: null, willRetry: false, retryDelayMs: null });
    return;
  }
  if (isRestartDue(turn, id, failure) && restartLane(turn, id, lane.ended ?? failure)) return;
  const delays = policy.action === 'retry' ? policy.delaysMs : [5000];
  const linkFailures = withFailure(lane.linkFailures, failure.kind);
  turn.changeLane(id, { isAway: true, awaySince, linkFailures });
  const usualMs = retryDelayMs(delays, countOf(linkFailures, failure.kind), failure.retryAfterMs);
  const delayMs = failure.retryAfterMs === undefined ? beforeRestart(turn, id, usualMs) : usualMs;
  waitBeforeProbe(turn, id, failure, delayMs);
  turn.announce({ type: 'failure', failure, generation: null, willRetry: true, retryDelayMs: delayMs });
}

/** Leaves the lane's WebUI in peace for a while, then asks again whether it is there. */
export function waitBeforeProbe(turn: Turn, id: LaneId, failure: Failure, delayMs: number): void {
  const number = turn.takeNumber();
  const { at } = turn;
  turn.changeLane(id, { link: { kind: 'waiting', number, since: at, until: at + delayMs, failure } });
  turn.perform({ type: 'wait', number, ms: delayMs });
}

export function takeRefresh(turn: Turn, event: Extract<Event, { type: 'refreshed' }>): void {
  if (event.result.ok) {
    if (turn.lane(event.lane).link.kind === 'connected') {
      turn.changeLane(event.lane, { webUi: event.result.value });
    }
    return;
  }
  const { failure } = event.result;
  turn.announce({ type: 'failure', failure, generation: null, willRetry: false, retryDelayMs: null });
}
