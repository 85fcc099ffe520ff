import { demoVersion, type InfotextParts } from './infotext.ts';
import type { Job } from './job.ts';

/** The checkpoint that really ran. */
export type RanCheckpoint = { readonly name: string; readonly hash: string | null };

/** What the infotext of image `index` of a job is made of. */
export function infotextParts(job: Job, checkpoint: RanCheckpoint, index: number): InfotextParts {
  return {
    ...job,
    seed: job.seeds[index] ?? 0,
    variation:
      job.subseedStrength > 0 ? { subseed: job.subseeds[index] ?? 0, strength: job.subseedStrength } : null,
    modelHash: checkpoint.hash,
    modelName: checkpoint.name,
  };
}

/** What an answer's `info` tells of. */
export type GenerationFacts = {
  readonly job: Job;
  readonly checkpoint: RanCheckpoint;
  readonly infotexts: readonly string[];
  readonly hasGrid: boolean;
  readonly jobTimestamp: string;
};

/** The `info` of a txt2img answer, in A1111's keys (webui-api.md 4). */
export function generationInfo(generation: GenerationFacts): Record<string, unknown> {
  const { job, checkpoint } = generation;
  return {
    prompt: job.prompt,
    all_prompts: job.seeds.map(() => job.prompt),
    negative_prompt: job.negativePrompt,
    all_negative_prompts: job.seeds.map(() => job.negativePrompt),
    seed: job.seeds[0],
    all_seeds: job.seeds,
    subseed: job.subseeds[0],
    all_subseeds: job.subseeds,
    subseed_strength: job.subseedStrength,
    width: job.width,
    height: job.height,
    sampler_name: job.sampler,
    cfg_scale: job.cfgScale,
    steps: job.steps,
    batch_size: job.batchSize,
    restore_faces: job.faceRestoration !== null,
    face_restoration_model: job.faceRestoration,
    sd_model_name: checkpoint.name,
    sd_model_hash: checkpoint.hash,
    sd_vae_name: null,
    sd_vae_hash: null,
    seed_resize_from_w: -1,
    seed_resize_from_h: -1,
    denoising_strength: job.hires?.denoisingStrength ?? null,
    extra_generation_params: {},
    index_of_first_image: generation.hasGrid ? 1 : 0,
    infotexts: generation.infotexts,
    styles: [],
    job_timestamp: generation.jobTimestamp,
    clip_skip: job.clipSkip,
    is_using_inpainting_conditioning: false,
    version: demoVersion,
  };
}
