import type { Adaptation } from './adaptation.ts';
import { startingAt } from './learnt-wire.ts';
import type { LoopState } from './state.ts';
import type { Turn } from './turn.ts';

/** What a loop found out about its WebUI and the way to it, worth keeping beyond the life of its runner. */
export type Learnt = {
  /** What was found to be too much for the memory; the most recently learnt last. */
  readonly adaptations: readonly Adaptation[];
  /** After so long requests were seen to be cut on their way, ms; null where none was. */
  readonly wireLimitMs: number | null;
  /** After so many good generations longer requests are tried; absent in ledgers of older versions. */
  readonly wireClimbAfter?: number;
};

/** What is worth keeping of a state. */
export function learntOf({ adaptations, wire }: LoopState): Learnt {
  if (wire === null) return { adaptations, wireLimitMs: null };
  return { adaptations, wireLimitMs: wire.limitMs, wireClimbAfter: wire.climbAfter };
}

/** Begins with what an earlier runner of the same loop had learnt. */
export function takeUpLearnt(turn: Turn, { adaptations, wireLimitMs, wireClimbAfter }: Learnt): void {
  const wire = wireLimitMs === null ? null : startingAt(wireLimitMs, wireClimbAfter);
  turn.change({ adaptations, wire });
}

/** Whether nothing was learnt in between; generations that went well are counted on the way and are no news by themselves. */
export function isSameLearnt(one: Learnt, other: Learnt): boolean {
  if (one.wireLimitMs !== other.wireLimitMs || one.wireClimbAfter !== other.wireClimbAfter) return false;
  if (one.adaptations === other.adaptations) return true;
  if (one.adaptations.length !== other.adaptations.length) return false;
  return one.adaptations.every((each, index) => isSameFinding(each, other.adaptations[index]));
}

function isSameFinding(one: Adaptation, other: Adaptation | undefined): boolean {
  return (
    other !== undefined &&
    one.shape === other.shape &&
    one.batchSize === other.batchSize &&
    one.shrinkCount === other.shrinkCount &&
    one.climbAfter === other.climbAfter &&
    one.isClimbing === other.isClimbing &&
    one.hasFreed === other.hasFreed
  );
}
