import type { LoopState } from '../engine/state.ts';

/** Why a runner has nothing left to do. */
export type Unneeded = 'asked' | 'goal-reached' | 'nothing-planned';

/**
 * Why the runner may end, or null while it is needed. A loop that was asked to stop is over for everybody; one that reached its goal stays
 * for those who look at it, who may want to begin another; one without a plan is worth nothing once nobody is there to make one.
 */
export function whyUnneeded({ ended, plan }: LoopState, screenCount: number): Unneeded | null {
  if (ended === 'asked') return 'asked';
  if (screenCount > 0) return null;
  if (ended === 'goal-reached') return 'goal-reached';
  return plan === null ? 'nothing-planned' : null;
}
