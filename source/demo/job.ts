import { sizeMade } from '../generation/generation-limits.ts';
import type { Machine } from './machine.ts';
import { PythonError } from './reply.ts';
import type { Txt2ImgRequest } from './txt2img-request.ts';

/** What a txt2img request comes to once defaults, options and chance are settled. */
export type Job = {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly seeds: readonly number[];
  readonly subseeds: readonly number[];
  /** How much of the noise comes from the second seed; 0 for none. */
  readonly subseedStrength: number;
  /** As asked for. */
  readonly width: number;
  readonly height: number;
  /** Of the finished picture: down to the grid of 8, and larger after a second pass. */
  readonly pictureWidth: number;
  readonly pictureHeight: number;
  readonly steps: number;
  readonly sampler: string;
  readonly scheduleType: string | null;
  readonly cfgScale: number;
  readonly batchSize: number;
  readonly batchCount: number;
  /** The model to restore faces with; null for none. */
  readonly faceRestoration: string | null;
  /** The second pass; null without `enable_hr`. */
  readonly hires: {
    readonly scale: number;
    readonly denoisingStrength: number;
    readonly upscaler: string;
    readonly steps: number;
  } | null;
  readonly clipSkip: number;
};

/** A 24 GB card holds about this many pixels at once. */
const maxPixelsAtOnce = 4096 * 4096;

/** Settles a request under its overrides; values that no one can sample raise what A1111 raises (captures/forge/60 to 72). */
export function settleJob(
  request: Txt2ImgRequest,
  { options, chance, family }: Pick<Machine, 'options' | 'chance' | 'family'>,
): Job {
  const batchSize = whole(request.batch_size);
  const batchCount = whole(request.n_iter);
  const steps = whole(request.steps);
  const width = whole(request.width);
  const height = whole(request.height);
  if (batchSize < 1 || batchCount < 1) throw new PythonError('IndexError', 'list index out of range');
  if (steps < 1) throw new PythonError('ZeroDivisionError', 'integer division or modulo by zero');
  if (width < 8 || height < 8) {
    throw new PythonError(
      'RuntimeError',
      `Trying to create tensor with negative dimension: [4, ${Math.floor(height / 8)}, ${Math.floor(width / 8)}]`,
    );
  }
  const hires = settleHires(request, steps, width, height);
  const scale = hires?.scale ?? 1;
  const picture = sizeMade({ width: width * scale, height: height * scale }, family.sizeRule);
  if (picture.width * picture.height * batchSize > maxPixelsAtOnce) throw outOfMemory();
  const count = batchSize * batchCount;
  const seed = resolveSeed(request.seed, chance);
  const subseed = resolveSeed(request.subseed, chance);
  const isVaried = (request.subseed_strength ?? 0) !== 0;
  return {
    prompt: request.prompt ?? '',
    negativePrompt: request.negative_prompt ?? '',
    seeds: Array.from({ length: count }, (_, index) => (isVaried ? seed : seed + index)),
    subseeds: Array.from({ length: count }, (_, index) => subseed + index),
    subseedStrength: request.subseed_strength ?? 0,
    width,
    height,
    pictureWidth: picture.width,
    pictureHeight: picture.height,
    steps,
    ...family.resolveSampling(request.sampler_name ?? request.sampler_index ?? '', request.scheduler),
    cfgScale: request.cfg_scale ?? whole(null),
    batchSize,
    batchCount,
    faceRestoration:
      (request.restore_faces ?? options.get('face_restoration')) === true
        ? String(options.get('face_restoration_model'))
        : null,
    hires,
    clipSkip: Number(options.get('CLIP_stop_at_last_layers')),
  };
}

/** What CUDA says when it is full. */
export function outOfMemory(): PythonError {
  return new PythonError(
    'OutOfMemoryError',
    'CUDA out of memory. Tried to allocate 4.50 GiB. GPU 0 has a total capacty of 23.99 GiB of which 1.12 GiB is free.',
  );
}

const upscalers = [
  'Latent',
  'Latent (antialiased)',
  'Latent (bicubic)',
  'Latent (bicubic antialiased)',
  'Latent (nearest)',
  'Latent (nearest-exact)',
  'None',
  'Lanczos',
  'Nearest',
];

function settleHires(request: Txt2ImgRequest, steps: number, width: number, height: number): Job['hires'] {
  if (request.enable_hr !== true) return null;
  const upscaler = request.hr_upscaler ?? 'Latent';
  if (!upscalers.includes(upscaler)) {
    throw new PythonError('Exception', `could not find upscaler named ${upscaler}`);
  }
  if (request.denoising_strength === null) {
    throw new PythonError('TypeError', "'>' not supported between instances of 'NoneType' and 'int'");
  }
  const resized = Math.max((request.hr_resize_x ?? 0) / width, (request.hr_resize_y ?? 0) / height);
  return {
    scale: resized > 0 ? resized : (request.hr_scale ?? 2),
    denoisingStrength: request.denoising_strength,
    upscaler,
    steps: request.hr_second_pass_steps || steps,
  };
}

function resolveSeed(seed: number | null, chance: Machine['chance']): number {
  return seed === null || seed === -1 ? Math.floor(chance() * 4_294_967_294) : seed;
}

function whole(value: number | null): number {
  if (value !== null) return value;
  throw new PythonError('TypeError', "unsupported operand type(s) for //: 'NoneType' and 'int'");
}
