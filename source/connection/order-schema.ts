import * as v from 'valibot';
import { maxSeed } from '../generation/seed.ts';
import { checkParameters } from '../generation/validate-parameters.ts';
import { mostTimes, type Order } from '../plan/order.ts';
import { name, parametersSchema } from './plan-schema.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const anySeed = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(maxSeed));

const hiresSchema = v.object({
  scale: v.pipe(v.number(), v.minValue(1), v.maxValue(4)),
  steps: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(150)),
  denoisingStrength: share,
  upscaler: v.nullable(v.pipe(name, v.nonEmpty())),
});

/** An order as another process sends it, checked as a plan is. */
export const orderSchema: v.GenericSchema<unknown, Order> = v.pipe(
  v.object({
    checkpoint: v.pipe(name, v.nonEmpty()),
    parameters: parametersSchema,
    seed: v.nullable(anySeed),
    variation: v.nullable(v.object({ subseed: v.nullable(anySeed), strength: share })),
    hires: v.nullable(hiresSchema),
    times: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(mostTimes)),
  }),
  v.check(
    ({ parameters, seed }) =>
      checkParameters(parameters, seed === null ? { kind: 'random' } : { kind: 'fixed', seed }).length === 0,
  ),
);
