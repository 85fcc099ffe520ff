import { seedsOf } from '../generation/generation.ts';
import { replan, startPosition } from '../plan/next-generation.ts';
import { type Order, withOrder } from '../plan/order.ts';
import type { Plan } from '../plan/plan.ts';
import { collectAgain } from './collect.ts';
import type { Command } from './command.ts';
import type { Abandonment, InFlight, Lane } from './lane.ts';
import { probe } from './link.ts';
import type { Turn } from './turn.ts';

/** A person pressing a key again and again must not become a storm of connections. */
const minAttemptIntervalMs = 1000;

export function obey(turn: Turn, command: Command): void {
  switch (command.type) {
    case 'start':
      return start(turn, command.plan);
    case 'change-plan':
      return changeThePlan(turn, command.plan);
    case 'make':
      return takeOrder(turn, command.order);
    case 'pause':
      if (turn.state.intention === 'run') turn.change({ intention: 'pause' });
      return endGpuWait(turn);
    case 'resume':
      return resume(turn);
    case 'skip':
      return giveUpRunning(turn, 'skip');
    case 'interrupt':
      return giveUpRunning(turn, 'interrupt');
    case 'stop':
      turn.change({
        intention: 'stop',
        intentionBeforeStop:
          turn.state.intention === 'stop' ? turn.state.intentionBeforeStop : turn.state.intention,
        stoppingNowSince: turn.state.stoppingNowSince ?? (command.now ? turn.at : null),
      });
      return endGpuWait(turn);
    case 'retry-now':
      return retryNow(turn);
    case 'refresh':
      for (const { id, link } of turn.state.lanes) {
        if (link.kind === 'connected') turn.perform({ type: 'refresh', lane: id });
      }
      return;
  }
}

function start(turn: Turn, plan: Plan): void {
  const before = turn.state.position;
  turn.change({
    plan,
    // Numbers go on over several starts of one run, so that `#12` names one generation only.
    position: startPosition(plan, before?.nextGenerationId),
    intention: 'run',
    stoppingNowSince: null,
    ended: null,
    givenUpCount: 0,
  });
  leaveTrouble(turn);
}

function changeThePlan(turn: Turn, plan: Plan): void {
  const { plan: before, position } = turn.state;
  if (before === null || position === null) return;
  turn.change({ plan, position: replan(before, plan, position), givenUpCount: 0 });
  leaveTrouble(turn);
}

function takeOrder(turn: Turn, order: Order): void {
  const { position, ended } = turn.state;
  if (position !== null && ended === null) turn.change({ position: withOrder(position, order) });
}

/** A stop that has not ended yet is taken back: a loop that was pausing before goes on pausing. */
function resume(turn: Turn): void {
  const { ended, intention, intentionBeforeStop } = turn.state;
  if (ended !== null) return;
  const next = intention === 'stop' ? intentionBeforeStop : 'run';
  turn.change({ intention: next, stoppingNowSince: null, givenUpCount: 0 });
  leaveTrouble(turn);
}

/** A person has seen to it: what waited for them is tried again. */
function leaveTrouble(turn: Turn): void {
  turn.change({ trouble: null });
  for (const lane of turn.state.lanes) {
    turn.changeLane(lane.id, { restartCount: 0 });
    if (lane.link.kind === 'closed') probe(turn, lane.id);
    for (const entry of lane.collecting) {
      if (entry.waiting?.until === null) collectAgain(turn, lane.id, entry);
    }
  }
}

function retryNow(turn: Turn): void {
  for (const lane of turn.state.lanes) {
    const { link } = lane;
    if (link.kind === 'waiting' && turn.at - link.since >= minAttemptIntervalMs) {
      probe(turn, lane.id);
    }
    for (const entry of lane.collecting) {
      if (entry.waiting !== null) collectAgain(turn, lane.id, entry);
    }
  }
  if (turn.state.trouble !== null) leaveTrouble(turn);
}

/** From here on the GPU rests because a person wants it to. */
function endGpuWait(turn: Turn): void {
  for (const { id } of turn.state.lanes) turn.changeLane(id, { endedAt: null });
}

/** Only the running request can be hit: the flag is lost on one that still waits (webui-api.md 4.2). */
function giveUpRunning(turn: Turn, what: 'skip' | 'interrupt'): void {
  for (const lane of turn.state.lanes) {
    const [head, ...behind] = lane.inFlight;
    if (!head || !can(lane, what)) continue;
    turn.perform({ type: what, lane: lane.id });
    const abandoned = { ...head, abandonment: abandonmentOf(head, what) };
    turn.changeLane(lane.id, { inFlight: [abandoned, ...behind] });
  }
}

function can({ webUi }: Lane, what: 'skip' | 'interrupt'): boolean {
  return webUi !== null && (what === 'skip' ? webUi.hasSkip : webUi.hasInterrupt);
}

/** Batches that are done are kept; no field of the answer tells which one was cut short (webui-api.md 4.2). */
export function abandonmentOf(request: InFlight, what: 'skip' | 'interrupt'): Abandonment {
  const { batchSize, batchCount } = request.work.request.parameters;
  const batchIndex = Math.min(request.latest?.progress.passNumber ?? 0, batchCount - 1);
  const kept = request.abandonment?.wantedSeeds ?? seedsOf(request.work.request);
  const first = request.work.request.firstSeed;
  return {
    wantedSeeds: kept.filter((seed) => {
      const batch = Math.floor((seed - first) / batchSize);
      return what === 'skip' ? batch !== batchIndex : batch < batchIndex;
    }),
  };
}
