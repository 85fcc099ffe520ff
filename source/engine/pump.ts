import { matchCheckpoint } from '../generation/match-checkpoint.ts';
import { chooseSampler, matchSampler, matchScheduler } from '../generation/match-sampler.ts';
import type { WebUi } from '../generation/webui.ts';
import { nextGeneration } from '../plan/next-generation.ts';
import type { Plan } from '../plan/plan.ts';
import { finish } from './finish.ts';
import type { Lane, LaneId, Work } from './lane.ts';
import { abandonmentOf } from './obey.ts';
import { planTrouble } from './plan-trouble.ts';
import { secondRequestTime } from './second-request.ts';
import { send } from './send.ts';
import type { Turn } from './turn.ts';

/** Answered generations whose images still wait to be written: more would only fill the memory. */
const maxCollecting = 3;

/** An interrupt reaches only a job that has begun, so it is repeated until all have returned (webui-api.md 4.2). */
const interruptIntervalMs = 400;

/** A WebUI that hangs cannot be interrupted and never answers (webui-api.md 10.4): so long is waited for it, ms. */
const interruptPatienceMs = 15_000;

/** Between polls as long as nothing is known of the running generation. */
const firstPollsMs = 500;

/** Polls of progress look again before a time this far away, so no wait is needed for it. */
const farAwayMs = 3000;

/** Sends what may be sent now on every lane. */
export function pump(turn: Turn): void {
  for (const { id } of turn.state.lanes) {
    if (turn.state.intention === 'stop') windUp(turn, id);
    else pumpLane(turn, id);
  }
}

function pumpLane(turn: Turn, id: LaneId): void {
  const lane = turn.lane(id);
  if (lane.link.kind !== 'connected' || lane.webUi === null || lane.reconciling !== null) return;
  if (reconcileFirst(turn, lane)) return;
  if (turn.state.intention !== 'run' || turn.state.trouble !== null || isFull(lane)) {
    // The GPU rests here because nobody wants it to work: that is no idle time to count.
    if (lane.inFlight.length === 0 && lane.endedAt !== null) turn.changeLane(id, { endedAt: null });
    return;
  }
  if (lane.inFlight.length === 0) sendNext(turn, id, lane.webUi);
  pumpSecond(turn, id, lane.webUi);
}

function isFull({ collecting }: Lane): boolean {
  return collecting.length >= maxCollecting || collecting.some(({ waiting }) => waiting !== null);
}

/** A lost answer is cleared up before anything else is sent; that waits for what is in flight, since the WebUI works in order. */
function reconcileFirst(turn: Turn, lane: Lane): boolean {
  const lost = lane.pending.find(({ mustReconcile }) => mustReconcile);
  if (!lost) return false;
  if (lane.inFlight.length > 0) return true;
  const number = turn.takeNumber();
  turn.changeLane(lane.id, {
    reconciling: { number, work: lost.work },
    pending: lane.pending.filter((each) => each !== lost),
  });
  turn.perform({
    type: 'reconcile',
    number,
    lane: lane.id,
    generation: lost.work.request,
    sentAt: lost.work.firstSentAt ?? turn.at,
    saving: turn.state.saving,
  });
  return true;
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
    send(turn, id, withCurrentTitle(waiting.work, webUi));
    return;
  }
  const work = planNext(turn, plan, webUi);
  if (work !== null) send(turn, id, work);
}

function planNext(turn: Turn, plan: Plan, webUi: WebUi): Work | null {
  const { position } = turn.state;
  if (position === null) return null;
  const planned = nextGeneration(resolve(plan, webUi), position, mix(turn.chance, position.nextGenerationId));
  if (planned === null) return null;
  turn.change({ position: planned.position });
  const { generation } = planned;
  return { planned: generation, request: generation, attempt: 1, firstSentAt: null, landedCount: 0 };
}

/** The plan in this WebUI's own names. */
function resolve(plan: Plan, webUi: WebUi): Plan {
  const match = matchCheckpoint(webUi.checkpoints, plan.checkpoint);
  return {
    ...plan,
    checkpoint: match.kind === 'found' ? match.checkpoint.title : plan.checkpoint,
    parameters: {
      ...plan.parameters,
      sampler: samplerFor(plan.parameters.sampler, webUi),
      scheduler: schedulerFor(plan.parameters.scheduler, webUi),
      restoreFaces: plan.parameters.restoreFaces && webUi.hasFaceRestoration,
    },
  };
}

function samplerFor(asked: string | null, webUi: WebUi): string | null {
  if (asked === null) return chooseSampler(webUi.samplers);
  const match = matchSampler(webUi.samplers, asked, webUi.schedulers);
  return match.kind === 'found' ? match.sampler : asked;
}

function schedulerFor(asked: string | null, webUi: WebUi): string | null {
  if (asked === null || webUi.schedulers.length === 0) return null;
  const match = matchScheduler(webUi.schedulers, asked);
  return match.kind === 'found' ? match.scheduler : asked;
}

/** A title gains its hash when the file is first loaded, and loses it with the server's cache (webui-api.md 2.1). */
function withCurrentTitle(work: Work, webUi: WebUi): Work {
  const match = matchCheckpoint(webUi.checkpoints, work.request.checkpoint);
  if (match.kind === 'unknown') return work;
  return { ...work, request: { ...work.request, checkpoint: match.checkpoint.title } };
}

/** One event may plan several generations: each takes its own number from the event's chance (a splitmix32 step). */
function mix(chance: number, salt: number): number {
  let z = (chance + Math.imul(salt, 0x9e3779b9)) >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}

/** Sends a second request just in time, so that the GPU never waits and a pause still takes effect soon. */
function pumpSecond(turn: Turn, id: LaneId, webUi: WebUi): void {
  const lane = turn.lane(id);
  const [head] = lane.inFlight;
  if (lane.inFlight.length !== 1 || !head || webUi.maxInFlight < 2 || !lane.isProven) return;
  const time = secondRequestTime(head, turn.state.pace);
  if (time === null) {
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

/** A stop lets what is in flight finish, finds out about lost answers, and lets go of what was not sent. */
function windUp(turn: Turn, id: LaneId): void {
  const lane = turn.lane(id);
  if (turn.state.stoppingNowSince !== null) interruptAgain(turn, lane, turn.state.stoppingNowSince);
  if (lane.reconciling !== null || reconcileFirst(turn, turn.lane(id))) return;
  for (const { work } of lane.pending) {
    finish(turn, work, { outcome: 'abandoned', images: [], durationMs: 0, gpuIdleMs: 0 });
  }
  if (lane.pending.length > 0) turn.changeLane(id, { pending: [] });
}

function interruptAgain(turn: Turn, lane: Lane, since: number): void {
  if (lane.inFlight.length === 0 || lane.interruptAlarm !== null) return;
  if (turn.at - since >= interruptPatienceMs) {
    for (const { work } of lane.inFlight) {
      finish(turn, work, { outcome: 'abandoned', images: [], durationMs: 0, gpuIdleMs: 0 });
    }
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
