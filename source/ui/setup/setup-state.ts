import { matchCheckpoint } from '../../generation/match-checkpoint.ts';
import { chooseSampler } from '../../generation/match-sampler.ts';
import { defaultParameters, type GenerationParameters } from '../../generation/parameters.ts';
import type { SeedChoice } from '../../generation/seed.ts';
import type { WebUi } from '../../generation/webui.ts';
import type { Goal, Plan } from '../../plan/plan.ts';
import { fitParameters } from '../components/parameters-form/fields.ts';
import { readForm } from '../components/parameters-form/read.ts';
import { createForm, type FormState } from '../components/parameters-form/state.ts';
import { filterItems } from '../components/picker/filter.ts';
import { createPicker, type PickerState } from '../components/picker/state.ts';
import { checkpointItems } from './checkpoint-items.ts';
import { createPrompts, type PromptsState } from './prompts-state.ts';

export type SetupStep = 'checkpoint' | 'prompts' | 'parameters';

export const allSteps: readonly SetupStep[] = ['checkpoint', 'prompts', 'parameters'];

/** What to generate, as it is being decided: one step of it while the loop runs, all of them for something new. */
export type SetupState = {
  readonly steps: readonly SetupStep[];
  readonly stepIndex: number;
  /** Where Esc on the first step leads; null where there is nothing before it. */
  readonly origin: 'ready' | 'monitor' | null;
  readonly base: SetupBase;
  readonly picker: PickerState;
  readonly prompts: PromptsState;
  readonly form: FormState;
  /** What the texts were at first, to know whether anything would be lost. */
  readonly initial: { readonly prompts: PromptsState; readonly form: FormState };
};

/** What a setup begins with; null where nothing is known yet. */
export type SetupBase = {
  readonly checkpoint: string | null;
  readonly parameters: GenerationParameters;
  readonly seed: SeedChoice;
  readonly goal: Goal | null;
};

export const emptyBase: SetupBase = {
  checkpoint: null,
  parameters: defaultParameters,
  seed: { kind: 'random' },
  goal: null,
};

export function createSetup(
  base: SetupBase,
  options: {
    readonly steps: readonly SetupStep[];
    readonly origin: SetupState['origin'];
    readonly webUi: WebUi;
    /** Earlier prompts, newest first. */
    readonly history: readonly string[];
  },
): SetupState {
  const { steps, origin, webUi, history } = options;
  const fitted = fitParameters(base.parameters, webUi);
  const parameters = { ...fitted, sampler: fitted.sampler ?? chooseSampler(webUi.samplers) };
  const prompts = createPrompts(parameters, history);
  const form = createForm(parameters, base.seed);
  return {
    steps,
    stepIndex: 0,
    origin,
    base,
    picker: pickerFor(base.checkpoint, webUi),
    prompts,
    form,
    initial: { prompts, form },
  };
}

/** Begins with the checkpoint that is asked for, or among the names that it is part of. */
function pickerFor(asked: string | null, webUi: WebUi): PickerState {
  const wanted = matchCheckpoint(webUi.checkpoints, asked ?? webUi.selectedCheckpoint ?? '');
  if (wanted.kind === 'found') return createPicker(wanted.checkpoint.title);
  const isPart = asked !== null && filterItems(checkpointItems(webUi), asked).length > 0;
  return createPicker(null, isPart ? asked : '');
}

export function stepOf(setup: SetupState): SetupStep {
  return setup.steps[setup.stepIndex] ?? 'checkpoint';
}

/** Whether there is nothing before this step to go back to. */
export function isAtStart({ stepIndex, origin }: SetupState): boolean {
  return stepIndex === 0 && origin === null;
}

/** Whether leaving the setup would throw away something that was written. */
export function isEdited({ prompts, form, initial }: SetupState): boolean {
  return (
    prompts.prompt.text !== initial.prompts.prompt.text ||
    prompts.negativePrompt.text !== initial.prompts.negativePrompt.text ||
    form.sampler !== initial.form.sampler ||
    form.scheduler !== initial.form.scheduler ||
    form.restoreFaces !== initial.form.restoreFaces ||
    Object.entries(form.texts).join() !== Object.entries(initial.form.texts).join()
  );
}

/** The plan that a setup comes to, or the sentence on why it does not and the step that mends it. */
export function planOf(
  setup: SetupState,
  webUi: WebUi,
):
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly step: SetupStep; readonly reason: string } {
  const checkpoint = checkpointOf(setup, webUi);
  if (checkpoint === null) return { ok: false, step: 'checkpoint', reason: 'Choose a checkpoint first.' };
  const reading = readForm(setup.form, {
    ...defaultParameters,
    prompt: textOf(setup, 'prompt'),
    negativePrompt: textOf(setup, 'negativePrompt'),
  });
  if (reading.kind === 'invalid') {
    return { ok: false, step: 'parameters', reason: reading.problems[0]?.message ?? '' };
  }
  const { parameters, seed } = reading;
  return { ok: true, plan: { checkpoint, parameters, seed, goal: setup.base.goal } };
}

/** Nothing is lost of a text that was not touched, neither what an editor does not take nor what would be too long for it. */
function textOf({ prompts, initial, base }: SetupState, which: 'prompt' | 'negativePrompt'): string {
  const { text } = prompts[which];
  return text === initial.prompts[which].text ? base.parameters[which] : text;
}

/** What was picked, or what the setup began with where picking is no part of it; titles change when a file is first loaded. */
function checkpointOf({ steps, picker, base }: SetupState, webUi: WebUi): string | null {
  const isPicked = steps.includes('checkpoint');
  const asked = isPicked ? picker.currentId : base.checkpoint;
  if (asked === null) return null;
  const match = matchCheckpoint(webUi.checkpoints, asked);
  if (match.kind === 'found') return match.checkpoint.title;
  return isPicked ? null : asked;
}
