import { type GenerationParameters, parameterLimits } from '../../../generation/parameters.ts';
import { maxSeed, parseSeedChoice, type SeedChoice } from '../../../generation/seed.ts';
import { checkParameters } from '../../../generation/validate-parameters.ts';
import type { FieldId } from './fields.ts';
import { type FormState, numberOf } from './state.ts';

/** What stands in the form. */
export type FormReading =
  | { readonly kind: 'valid'; readonly parameters: GenerationParameters; readonly seed: SeedChoice }
  /** At least one field cannot be used as it is. */
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] };

export type FieldProblem = {
  readonly field: FieldId;
  /** A few words for beside the field. */
  readonly hint: string;
  /** The whole sentence. */
  readonly message: string;
};

/** Reads the form; the prompts come from `base`. */
export function readForm(state: FormState, base: GenerationParameters): FormReading {
  const { texts, sampler, scheduler, restoreFaces } = state;
  const parameters: GenerationParameters = {
    ...base,
    width: numberOf(texts.width),
    height: numberOf(texts.height),
    steps: numberOf(texts.steps),
    cfgScale: numberOf(texts.cfgScale),
    batchSize: numberOf(texts.batchSize),
    batchCount: numberOf(texts.batchCount),
    sampler,
    scheduler,
    restoreFaces,
  };
  const seed = parseSeedChoice(texts.seed);
  const problems = checkParameters(parameters, seed ?? undefined).flatMap(({ field, message }) =>
    field === 'prompt' || field === 'negativePrompt' ? [] : [{ field, message, hint: hintFor(field) }],
  );
  if (seed === null) {
    const message = `The seed is "random", a whole number up to ${maxSeed} to count up from, or =1234 for the same each time.`;
    return { kind: 'invalid', problems: [...problems, { field: 'seed', message, hint: hintFor('seed') }] };
  }
  return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'valid', parameters, seed };
}

function hintFor(field: Exclude<FieldId, 'sampler' | 'scheduler' | 'restoreFaces'>): string {
  if (field === 'seed') return `random, 1234 or =1234; up to ${maxSeed}`;
  const { min, max, isInteger } = parameterLimits[field];
  return `${isInteger ? '' : 'a number '}from ${min} to ${max}`;
}
