import { type Generation, seedsOf } from '../generation/generation.ts';
import type { PlanPosition } from '../plan/next-generation.ts';
import type { Plan } from '../plan/plan.ts';
import type { LaneId, Pending } from './lane.ts';
import { type Learnt, takeUpLearnt } from './learnt.ts';
import { newWork } from './plan-work.ts';
import type { Intention } from './state.ts';
import type { Turn } from './turn.ts';
import { withSeeds } from './with-seeds.ts';

/** What a loop had been doing when its runner died. */
export type CutOffLoop = {
  readonly plan: Plan | null;
  readonly position: PlanPosition | null;
  readonly intention: Intention;
  /** What was sent, or about to be. */
  readonly unfinished: readonly UnfinishedGeneration[];
  /** Absent where nothing is known of it. */
  readonly learnt?: Learnt | undefined;
  /** Whether it had been ended, and only what was in flight is to be looked for. */
  readonly isOver?: boolean;
};

export type UnfinishedGeneration = {
  /** As planned. */
  readonly generation: Generation;
  /** Before it was sent, ms since epoch. */
  readonly plannedAt: number;
  /** Seeds whose images are known to be on disk. */
  readonly landedSeeds: readonly number[];
};

/**
 * Puts a loop back to where it was cut off: with its plan, its place in it and what the person wanted, and with what was in flight to be
 * looked for before anything is sent; what fits into the memory need not be found out again.
 */
export function restore(turn: Turn, id: LaneId, cutOff: CutOffLoop): void {
  const { plan, position, intention, learnt, isOver = false } = cutOff;
  turn.change({ plan, position, intention });
  if (learnt !== undefined) takeUpLearnt(turn, learnt);
  turn.changeLane(id, { pending: cutOff.unfinished.flatMap((each) => toPending(each, isOver)).sort(byId) });
}

/** None where every image has landed: sending it again would make them twice. */
function toPending({ generation, plannedAt, landedSeeds }: UnfinishedGeneration, isOver: boolean): Pending[] {
  const landed = new Set(landedSeeds);
  const missing = seedsOf(generation).filter((seed) => !landed.has(seed));
  if (missing.length === 0) return [];
  const work = {
    ...withSeeds(newWork(generation), missing),
    // Its first attempt was announced before the runner died.
    attempt: 2,
    firstSentAt: plannedAt,
    landedCount: landed.size,
    isOver,
  };
  return [{ work, mustReconcile: true }];
}

function byId(one: Pending, other: Pending): number {
  return one.work.planned.id - other.work.planned.id;
}
