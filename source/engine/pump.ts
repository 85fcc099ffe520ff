import type { WebUi } from '../generation/webui.ts';
import { finish } from './finish.ts';
import { fitWork } from './fit-work.ts';
import type { Lane, LaneId, Work } from './lane.ts';
import { freeMemory } from './make-room.ts';
import { planTrouble } from './plan-trouble.ts';
import { planWork } from './plan-work.ts';
import { reconcileLost } from './reconcile-lost.ts';
import { refitWork } from './refit-work.ts';
import { restartIfWanted } from './restart.ts';
import { roomFor } from './room.ts';
import { secondRequestTime } from './second-request.ts';
import { send } from './send.ts';
import type { LoopState } from './state.ts';
import type { Turn } from './turn.ts';
import { watchForHang } from './watch-for-hang.ts';
import { windUp } from './wind-up.ts';
import { earliestSecond, wireLimitOf } from './wire-limit.ts';

/** Answered generations whose images still wait to be written: more would only fill the memory. */
const maxCollecting = 3;

/** Between polls as long as nothing is known of the running generation. */
const firstPollsMs = 500;

/** Polls of progress, seconds apart while nobody looks on, look again before a time this far away, so no wait is needed for it. */
const farAwayMs = 8000;

/** Sends what may be sent now on every lane. */
export function pump(turn: Turn): void {
  for (const { id } of turn.state.lanes) {
    if (turn.state.intention === 'stop') windUp(turn, id);
    else pumpLane(turn, id);
    watchForHang(turn, id);
  }
}

function pumpLane(turn: Turn, id: LaneId): void {
  const lane = turn.lane(id);
  if (lane.link.kind !== 'connected' || lane.webUi === null || lane.reconciling !== null) return;
  // Nothing has changed about a WebUI that hangs until a person says so.
  if (turn.state.trouble?.kind === 'hung' || reconcileLost(turn, lane)) return;
  if (isHeldBack(turn.state) || isFull(lane)) {
    // The GPU rests here because nobody wants it to work: that is no idle time to count.
    if (lane.inFlight.length === 0 && lane.endedAt !== null) turn.changeLane(id, { endedAt: null });
    return;
  }
  if (restartIfWanted(turn, id)) return;
  if (freeMemory(turn, id)) return;
  if (lane.inFlight.length === 0) sendNext(turn, id, lane.webUi);
  pumpSecond(turn, id, lane.webUi);
}

function isHeldBack({ intention, trouble, lowSpace }: LoopState): boolean {
  return intention !== 'run' || trouble !== null || lowSpace !== null;
}

function isFull({ collecting }: Lane): boolean {
  return collecting.length >= maxCollecting || collecting.some(({ waiting }) => waiting !== null);
}

function sendNext(turn: Turn, id: LaneId, webUi: WebUi): void {
  const { plan } = turn.state;
  const [waiting, ...others] = turn.lane(id).pending;
  const trouble = plan === null ? null : planTrouble(plan, webUi);
  if (plan === null) return;
  if (trouble !== null) {
    turn.change({ trouble });
    turn.announce({
      type: 'failure',
      failure: trouble,
      generation: null,
      willRetry: false,
      retryDelayMs: null,
    });
    return;
  }
  if (waiting) {
    turn.changeLane(id, { pending: others });
    const work = refitWork(waiting.work, webUi);
    if (work !== null) {
      send(turn, id, inRoom(turn, work, webUi));
      return;
    }
    // Others are planned in its place, for the WebUI that is there now.
    finish(turn, waiting.work, { outcome: 'given-up', images: [], durationMs: 0, gpuIdleMs: 0 });
  }
  const work = planWork(turn, plan, webUi);
  if (work !== null) send(turn, id, inRoom(turn, work, webUi));
}

/** Both WebUI and room may be others than when it was planned. */
function inRoom(turn: Turn, work: Work, { limits }: WebUi): Work {
  return fitWork(work, roomFor(turn.state, work.planned, limits));
}

/** Sends a second request just in time, so that the GPU never waits and a pause still takes effect soon. */
function pumpSecond(turn: Turn, id: LaneId, webUi: WebUi): void {
  const lane = turn.lane(id);
  const [head] = lane.inFlight;
  if (lane.inFlight.length !== 1 || !head || webUi.maxInFlight < 2 || !lane.isProven) return;
  const { pace } = turn.state;
  const wireLimitMs = wireLimitOf(turn.state);
  const estimate = secondRequestTime(head, pace);
  const earliestAt = earliestSecond(head, pace, wireLimitMs);
  const time = estimate && { ...estimate, sendAt: Math.max(estimate.sendAt, earliestAt) };
  if (time === null || !Number.isFinite(time.sendAt)) {
    if (wireLimitMs !== null) return;
    if (webUi.hasProgress) pollSoon(turn, lane);
    else sendNext(turn, id, webUi);
    return;
  }
  if (time.sendAt <= turn.at) {
    turn.changeLane(id, { alarm: null });
    sendNext(turn, id, webUi);
    return;
  }
  const isFarAway = webUi.hasProgress && time.sendAt - turn.at > farAwayMs;
  const isSet = lane.alarm !== null && Math.abs(lane.alarm.at - time.sendAt) < 20;
  if (isFarAway || isSet) return;
  const number = turn.takeNumber();
  turn.changeLane(id, { alarm: { number, at: time.sendAt } });
  turn.perform({ type: 'wait', number, ms: Math.ceil(time.sendAt - turn.at) });
  if (time.pollAt !== null && webUi.hasProgress) {
    turn.perform({ type: 'time-poll', lane: id, pollAt: time.pollAt });
  }
}

/** Before the first generation of its shape has ended only its steps tell how long it will take. */
function pollSoon(turn: Turn, { id, alarm }: Lane): void {
  if (alarm !== null) return;
  const number = turn.takeNumber();
  turn.changeLane(id, { alarm: { number, at: turn.at + firstPollsMs } });
  turn.perform({ type: 'wait', number, ms: firstPollsMs });
  turn.perform({ type: 'time-poll', lane: id, pollAt: turn.at + firstPollsMs / 2 });
}
