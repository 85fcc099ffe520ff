import type { Asked } from './asked.ts';
import type { Infotext } from './infotext.ts';
import { defaultParameters, type GenerationParameters } from './parameters.ts';

/** What an infotext tells of how its image was made. */
export type InfotextRecipe = {
  readonly checkpoint: string;
  readonly parameters: GenerationParameters;
  readonly seed: number;
} & Asked;

/** Null where it lacks what nobody could guess: the checkpoint, the seed, the size, the steps. */
export function recipeOfInfotext(infotext: Infotext): InfotextRecipe | null {
  const { prompt, negativePrompt, steps, sampler, scheduler, seed, width, height, others } = infotext;
  const checkpoint = infotext.model ?? infotext.modelHash;
  if (checkpoint === null || seed === null || seed < 0 || steps === null || width === null || height === null)
    return null;
  const cfgScale = infotext.cfgScale ?? defaultParameters.cfgScale;
  return {
    checkpoint,
    parameters: {
      prompt,
      negativePrompt,
      width,
      height,
      steps,
      sampler,
      scheduler: scheduler === 'Automatic' ? null : scheduler,
      cfgScale,
      batchSize: 1,
      batchCount: 1,
      restoreFaces: others.has('Face restoration'),
    },
    seed,
    variation: variationOf(others),
    hires: hiresOf(others),
  };
}

function variationOf(others: Infotext['others']): Asked['variation'] {
  const subseed = numberAt(others, 'Variation seed');
  const strength = numberAt(others, 'Variation seed strength');
  return subseed === null || strength === null || strength <= 0 || strength > 1
    ? null
    : { subseed, strength };
}

/** The steps of a second pass stand there only where they differ from the first (webui-api.md 9.7). */
function hiresOf(others: Infotext['others']): Asked['hires'] {
  const scale = numberAt(others, 'Hires upscale');
  if (scale === null || scale < 1 || scale > 4) return null;
  return {
    scale,
    steps: numberAt(others, 'Hires steps') ?? 0,
    denoisingStrength: Math.min(1, numberAt(others, 'Denoising strength') ?? 0.5),
    upscaler: others.get('Hires upscaler') ?? null,
  };
}

function numberAt(others: Infotext['others'], key: string): number | null {
  const text = others.get(key) ?? '';
  return /^\d{1,10}(?:\.\d{1,10})?$/.test(text) ? Number(text) : null;
}
