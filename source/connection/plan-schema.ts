import * as v from 'valibot';
import { checkParameters, maxPromptLength } from '../generation/validate-parameters.ts';
import type { Plan } from '../plan/plan.ts';

/** A checkpoint's title, a sampler's or a scheduler's name; far longer than any file name. */
export const name = v.pipe(v.string(), v.maxLength(4096));

const prompt = v.pipe(v.string(), v.maxLength(maxPromptLength));

/** Ranges are left to `checkParameters`, which every plan must pass. */
export const parametersSchema = v.object({
  prompt,
  negativePrompt: prompt,
  width: v.number(),
  height: v.number(),
  steps: v.number(),
  sampler: v.nullable(name),
  scheduler: v.nullable(name),
  cfgScale: v.number(),
  batchSize: v.number(),
  batchCount: v.number(),
  restoreFaces: v.boolean(),
});

const seedSchema = v.variant('kind', [
  v.object({ kind: v.literal('random') }),
  v.object({ kind: v.literal('counting'), from: v.number() }),
  v.object({ kind: v.literal('fixed'), seed: v.number() }),
]);

const goalSchema = v.object({
  kind: v.literal('images'),
  count: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
});

/** A plan as another process sends it: everything that the engine would otherwise take on trust is checked. */
export const planSchema: v.GenericSchema<unknown, Plan> = v.pipe(
  v.object({
    checkpoint: v.pipe(name, v.nonEmpty()),
    parameters: parametersSchema,
    seed: seedSchema,
    goal: v.nullable(goalSchema),
  }),
  v.check(({ parameters, seed }) => checkParameters(parameters, seed).length === 0),
);
