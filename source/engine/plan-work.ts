import type { Generation } from '../generation/generation.ts';
import { fitToLimits } from '../generation/generation-limits.ts';
import { matchCheckpoint } from '../generation/match-checkpoint.ts';
import { chooseSampler, matchSampler, matchScheduler } from '../generation/match-sampler.ts';
import type { WebUi } from '../generation/webui.ts';
import { nextGeneration } from '../plan/next-generation.ts';
import { orderedGeneration, ordersOf, withoutFirstOrder } from '../plan/order.ts';
import type { Plan } from '../plan/plan.ts';
import { fitBatches } from './fit-work.ts';
import type { Work } from './lane.ts';
import { orderTrouble } from './order-trouble.ts';
import { roomFor } from './room.ts';
import type { Turn } from './turn.ts';

/** Plans the next generation in the WebUI's own names, what a person asked for first; null once the goal is covered. */
export function planWork(turn: Turn, plan: Plan, webUi: WebUi): Work | null {
  const ordered = planOrder(turn, webUi);
  if (ordered !== null) return ordered;
  const { position } = turn.state;
  if (position === null) return null;
  const chance = mix(turn.chance, position.nextGenerationId);
  const planned = nextGeneration(resolve(turn, plan, webUi), position, chance, webUi.limits.lastSeed);
  if (planned === null) return null;
  turn.change({ position: planned.position });
  const { generation } = planned;
  return newWork(generation);
}

/** The first order that this WebUI can do; those before it are dropped and said, since the loop does not stop for them. */
function planOrder(turn: Turn, webUi: WebUi): Work | null {
  const { position } = turn.state;
  const [order] = position === null ? [] : ordersOf(position);
  if (position === null || order === undefined) return null;
  const failure = orderTrouble(order, webUi);
  if (failure !== null) {
    turn.change({ position: withoutFirstOrder(position) });
    turn.announce({ type: 'failure', failure, generation: null, willRetry: false, retryDelayMs: null });
    return planOrder(turn, webUi);
  }
  const chance = mix(turn.chance, position.nextGenerationId);
  const { checkpoint, parameters } = inItsNames({ ...order, seed: { kind: 'random' }, goal: null }, webUi);
  const planned = orderedGeneration(
    { ...order, checkpoint, parameters },
    position,
    chance,
    webUi.limits.lastSeed,
  );
  turn.change({ position: planned.position });
  return newWork(planned.generation);
}

/** A generation that nothing was done for yet. */
export function newWork(generation: Generation): Work {
  return {
    planned: generation,
    request: generation,
    attempt: 1,
    firstSentAt: null,
    landedCount: 0,
    laterSeeds: [],
    spentMs: 0,
    spentIdleMs: 0,
    hangCount: 0,
    isOver: false,
  };
}

/** The plan in this WebUI's own names, within its limits and within what it was found to have room for. */
function resolve(turn: Turn, plan: Plan, webUi: WebUi): Plan {
  const resolved = inItsNames(plan, webUi);
  const room = roomFor(turn.state, resolved, webUi.limits);
  return { ...resolved, parameters: fitBatches(resolved.parameters, room) };
}

/** The plan in this WebUI's own names and within its limits. */
export function inItsNames(plan: Plan, webUi: WebUi): Plan {
  const match = matchCheckpoint(webUi.checkpoints, plan.checkpoint);
  return {
    ...plan,
    checkpoint: match.kind === 'found' ? match.checkpoint.title : plan.checkpoint,
    parameters: {
      ...fitToLimits(plan.parameters, webUi.limits),
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

/** One event may plan several generations: each takes its own number from the event's chance (a splitmix32 step). */
function mix(chance: number, salt: number): number {
  let z = (chance + Math.imul(salt, 0x9e3779b9)) >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}
