import { type GenerationParameters, parameterLimits } from './parameters.ts';
import { maxSeed } from './seed.ts';

/** What becomes of the size that is asked for, pixels. */
export type SizeRule = {
  /** Sides are rounded to multiples of this; no side is shorter. */
  readonly multiple: number;
  readonly rounding: 'down' | 'up';
  /** A longer side is scaled down to this, and the other one with it; null where none is. */
  readonly longestSide: number | null;
};

/** What a WebUI takes in one generation. Beyond it most say nothing and do something else, so it is never asked for more. */
export type GenerationLimits = {
  readonly batchSize: number;
  readonly batchCount: number;
  readonly steps: number;
  readonly cfgScale: { readonly min: number; readonly max: number };
  /** The largest seed that is used as it is given. */
  readonly lastSeed: number;
  readonly size: SizeRule;
};

/** Those of A1111, as wide as a person may ask at all. */
export const widestLimits: GenerationLimits = {
  batchSize: parameterLimits.batchSize.max,
  batchCount: parameterLimits.batchCount.max,
  steps: parameterLimits.steps.max,
  cfgScale: { min: parameterLimits.cfgScale.min, max: parameterLimits.cfgScale.max },
  lastSeed: maxSeed,
  size: { multiple: 8, rounding: 'down', longestSide: null },
};

/** The parameters with what is beyond the limits brought within; the size stays a wish that the WebUI rounds itself. */
export function fitToLimits(
  parameters: GenerationParameters,
  limits: GenerationLimits,
): GenerationParameters {
  const { steps, cfgScale, batchSize, batchCount } = parameters;
  return {
    ...parameters,
    steps: Math.min(steps, limits.steps),
    cfgScale: Math.min(Math.max(cfgScale, limits.cfgScale.min), limits.cfgScale.max),
    batchSize: Math.min(batchSize, limits.batchSize),
    batchCount: Math.min(batchCount, limits.batchCount),
  };
}

/** The size with its sides made a quarter shorter so many times; one that is not made shorter stays as it is. */
export function smallerSize(
  asked: { readonly width: number; readonly height: number },
  shrinkCount: number,
  { multiple }: SizeRule,
): { width: number; height: number } {
  const { width, height } = asked;
  if (shrinkCount === 0) return { width, height };
  const side = (pixels: number) =>
    Math.max(parameterLimits.width.min, Math.floor((pixels * 0.75 ** shrinkCount) / multiple) * multiple);
  return { width: side(width), height: side(height) };
}

/** The size that comes out for the one asked for. */
export function sizeMade(
  asked: { readonly width: number; readonly height: number },
  { multiple, rounding, longestSide }: SizeRule,
): { width: number; height: number } {
  const long = Math.max(asked.width, asked.height);
  const scale = longestSide === null || long <= longestSide ? 1 : longestSide / long;
  const round = rounding === 'down' ? Math.floor : Math.ceil;
  const side = (pixels: number) => Math.max(multiple, round((pixels * scale) / multiple) * multiple);
  return { width: side(asked.width), height: side(asked.height) };
}
