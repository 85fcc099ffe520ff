import type { Adaptation } from './adaptation.ts';
import type { LoopState } from './state.ts';
import type { Turn } from './turn.ts';

/** What a loop found out about its WebUI and the way to it, worth keeping beyond the life of its runner. */
export type Learnt = {
  /** What was found to be too much for the memory; the most recently learnt last. */
  readonly adaptations: readonly Adaptation[];
  /** After so long requests were seen to be cut on their way, ms; null where none was. */
  readonly wireLimitMs: number | null;
};

/** What is worth keeping of a state; a limit that is the person's own (`givenLimitMs`) was not learnt. */
export function learntOf({ adaptations, policy }: LoopState, givenLimitMs: number | null): Learnt {
  const { wireLimitMs } = policy;
  return { adaptations, wireLimitMs: wireLimitMs === givenLimitMs ? null : wireLimitMs };
}

/** Begins with what an earlier runner of the same loop had learnt; a shorter limit of the person's counts before it. */
export function takeUpLearnt(turn: Turn, { adaptations, wireLimitMs }: Learnt): void {
  const { policy } = turn.state;
  const limits = [policy.wireLimitMs, wireLimitMs].filter((limit) => limit !== null);
  const shortest = limits.length === 0 ? null : Math.min(...limits);
  turn.change({ adaptations, policy: { ...policy, wireLimitMs: shortest } });
}

/** Whether nothing was learnt in between; generations that went well are counted on the way and are no news by themselves. */
export function isSameLearnt(one: Learnt, other: Learnt): boolean {
  if (one.wireLimitMs !== other.wireLimitMs) return false;
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
