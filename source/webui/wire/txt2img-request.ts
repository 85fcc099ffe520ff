import type { Hires, Variation } from '../../generation/asked.ts';
import { type Generation, imageCountOf } from '../../generation/generation.ts';
import type { FamilyTraits } from '../families/family-traits.ts';
import { overrideSettings } from '../override-settings.ts';
import type { Options } from './options.ts';

/** What of the WebUI a request depends on; options are null before they were read. */
export type RequestGround = {
  readonly options: Options | null;
  readonly hasSchedulers: boolean;
  readonly checkpointChoice: FamilyTraits['checkpointChoice'];
  readonly hiresFields: FamilyTraits['hiresFields'];
};

/** The body of POST /txt2img. All that has a default is sent, since defaults differ: 50 or 20 steps, 512 or 1024 (webui-api.md 11). */
export function toTxt2imgRequest(
  generation: Generation,
  saving: 'server' | 'client',
  { options, hasSchedulers, checkpointChoice, hiresFields }: RequestGround,
): Readonly<Record<string, unknown>> {
  const { parameters, checkpoint, firstSeed } = generation;
  const isSavedByServer = saving === 'server';
  return {
    prompt: parameters.prompt,
    negative_prompt: parameters.negativePrompt,
    seed: firstSeed,
    steps: parameters.steps,
    cfg_scale: parameters.cfgScale,
    width: parameters.width,
    height: parameters.height,
    ...(parameters.sampler === null ? {} : { sampler_name: parameters.sampler }),
    ...(parameters.scheduler === null || !hasSchedulers ? {} : { scheduler: parameters.scheduler }),
    batch_size: parameters.batchSize,
    n_iter: parameters.batchCount,
    restore_faces: parameters.restoreFaces,
    ...variationFields(generation.asked?.variation ?? null),
    ...secondPassFields(generation.asked?.hires ?? null, parameters.cfgScale, hiresFields),
    save_images: isSavedByServer,
    send_images: !isSavedByServer,
    ...(checkpointChoice === 'fixed' ? {} : overrides()),
  };

  function overrides() {
    const asked = {
      checkpoint: checkpointChoice === 'each-request' ? checkpoint : null,
      // Grids come with saving only (webui-api.md 4.1).
      hasGrid: isSavedByServer && imageCountOf(generation) > 1,
    };
    return {
      override_settings: overrideSettings(asked, options),
      override_settings_restore_afterwards: true,
    };
  }
}

function variationFields(variation: Variation | null): Readonly<Record<string, unknown>> {
  if (variation === null) return {};
  return { subseed: variation.subseed, subseed_strength: variation.strength };
}

/** Without a denoising strength A1111 fails; Forge leaves out the negative prompt without `hr_cfg` (webui-api.md 3.1, 7.2). */
function secondPassFields(
  hires: Hires | null,
  cfgScale: number,
  hiresFields: readonly string[],
): Readonly<Record<string, unknown>> {
  if (hires === null) return {};
  return {
    enable_hr: true,
    hr_scale: hires.scale,
    hr_upscaler: hires.upscaler ?? 'Latent',
    hr_second_pass_steps: hires.steps,
    denoising_strength: hires.denoisingStrength,
    ...(hiresFields.includes('hr_cfg') ? { hr_cfg: cfgScale } : {}),
    ...(hiresFields.includes('hr_additional_modules') ? { hr_additional_modules: ['Use same choices'] } : {}),
  };
}
