import { imageCountOf } from './generation.ts';
import { type GenerationParameters, type NumericParameter, parameterLimits } from './parameters.ts';
import { maxSeed, type SeedChoice } from './seed.ts';

export type ParameterProblem = {
  readonly field: NumericParameter | 'prompt' | 'negativePrompt' | 'seed';
  /** A sentence that names what is allowed. */
  readonly message: string;
};

/** Far more than a WebUI makes use of, and far less than a file that was pasted by mistake; in UTF-16 units. */
export const maxPromptLength = 20_000;

/** Everything that is wrong with the parameters, field by field; empty when they can be sent. */
export function checkParameters(
  parameters: GenerationParameters,
  seed: SeedChoice = { kind: 'random' },
): ParameterProblem[] {
  const numbers = numericParameters.flatMap((field) => checkNumber(field, parameters[field]));
  return [
    ...checkPrompt('prompt', parameters.prompt),
    ...checkPrompt('negativePrompt', parameters.negativePrompt),
    ...numbers,
    ...(numbers.length === 0 ? checkSeed(parameters, seed) : []),
  ];
}

const labels: Readonly<Record<ParameterProblem['field'], string>> = {
  prompt: 'The prompt',
  negativePrompt: 'The negative prompt',
  width: 'Width',
  height: 'Height',
  steps: 'Steps',
  cfgScale: 'CFG scale',
  batchSize: 'Batch size',
  batchCount: 'Batch count',
  seed: 'The seed',
};

const numericParameters: readonly NumericParameter[] = [
  'width',
  'height',
  'steps',
  'cfgScale',
  'batchSize',
  'batchCount',
];

function checkNumber(field: NumericParameter, value: number): ParameterProblem[] {
  const { min, max, isInteger } = parameterLimits[field];
  if (value >= min && value <= max && (!isInteger || Number.isInteger(value))) return [];
  const kind = isInteger ? 'a whole number' : 'a number';
  return [{ field, message: `${labels[field]} must be ${kind} from ${min} to ${max}.` }];
}

function checkPrompt(field: 'prompt' | 'negativePrompt', text: string): ParameterProblem[] {
  if (text.length > maxPromptLength) {
    const message = `${labels[field]} has ${text.length} characters; at most ${maxPromptLength} are allowed.`;
    return [{ field, message }];
  }
  // Half a surrogate pair cannot be written as UTF-8: the server would fail while it saves the image.
  if (!text.isWellFormed())
    return [{ field, message: `${labels[field]} holds a broken character; type it again.` }];
  return [];
}

/** The seeds of a generation's images are consecutive, so the first one must leave room for the others. */
function checkSeed(parameters: GenerationParameters, seed: SeedChoice): ParameterProblem[] {
  if (seed.kind === 'random') return [];
  const first = seed.kind === 'fixed' ? seed.seed : seed.from;
  const lastAllowed = maxSeed - imageCountOf({ parameters }) + 1;
  if (Number.isInteger(first) && first >= 0 && first <= lastAllowed) return [];
  const message = `${labels.seed} must be a whole number from 0 to ${lastAllowed}, so that every image of a generation has one.`;
  return [{ field: 'seed', message }];
}
