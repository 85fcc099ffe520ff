import type { Plan } from '../../plan/plan.ts';
import { findBinding } from '../keys/binding.ts';
import type { KeyPress } from '../keys/key-press.ts';
import { readyBindings } from '../keys/start-bindings.ts';
import { become, type ScreenContext, type ScreenState, type Update } from '../screen-state.ts';
import { allSteps, type SetupBase, type SetupStep } from '../setup/setup-state.ts';
import { leave } from './leave.ts';
import { openSetup, startPlan } from './on-setup.ts';

export function pressOnReady(state: ScreenState, plan: Plan, key: KeyPress, context: ScreenContext): Update {
  const open = (steps: readonly SetupStep[], base: SetupBase) =>
    openSetup(state, { base, steps, origin: 'ready' }, context);
  switch (findBinding(readyBindings, key.chord)?.action) {
    case 'repeat-last':
      return startPlan(state, plan, context);
    case 'change-checkpoint':
      return open(['checkpoint'], plan);
    case 'change-prompt':
      return open(['prompts'], plan);
    case 'change-parameters':
      return open(['parameters'], plan);
    case 'new-plan':
      return open(allSteps, freshBase(plan, state.given));
    case 'help':
      return become({ ...state, overlay: { kind: 'help', firstRow: 0 } });
    case 'leave':
      return leave(state);
    case undefined:
      return become(state);
  }
}

/** Something new begins without a prompt, but with the sizes and settings that were good the last time. */
export function freshBase(plan: Plan | null, given: SetupBase): SetupBase {
  if (plan === null) return given;
  return { ...plan, parameters: { ...plan.parameters, prompt: '' }, seed: { kind: 'random' }, goal: null };
}
