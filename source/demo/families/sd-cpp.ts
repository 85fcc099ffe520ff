import { basename } from 'node:path';
import type { GenerationFacts } from '../generation-info.ts';
import { demoVersion, type InfotextParts } from '../infotext.ts';
import { fastApiException, json, type Reply } from '../reply.ts';
import type { Handler, Routes } from '../routes.ts';
import { txt2img } from '../txt2img.ts';
import { a1111 } from './a1111.ts';
import type { DemoFamily, Manners } from './family.ts';
import { fakeHash, imitationSamplers, onlyCheckpoint } from './imitation.ts';
import { latentModes, samplerNames, schedulerNames, upscalerNames } from './sd-cpp-lists.ts';
import { readSdCppRequest } from './sd-cpp-request.ts';

const notFound: Reply = { status: 404, contentType: null, body: '', headers: { connection: 'close' } };

const manners: Manners = {
  isLaxAboutPaths: false,
  unknownPath: () => notFound,
  wrongVerb: () => notFound,
  refuse: fastApiException,
  complaints: null,
  headers: { 'access-control-allow-origin': '*', 'access-control-allow-credentials': 'true' },
  isHttp10: false,
};

const samplers = imitationSamplers(samplerNames.map((name) => [name, name] as const));

/** stable-diffusion.cpp's server of August 2026 (webui-api.md 7.6, 13.10). */
export const sdCpp: DemoFamily = {
  ...a1111,
  hasOneCheckpoint: true,
  manners,
  fieldNames: null,
  routes: (machine): Routes => {
    const get = (answer: () => unknown): Readonly<Record<string, Handler>> => ({ GET: () => json(answer()) });
    const { shelf } = machine;
    const name = () => onlyCheckpoint(shelf).modelName;
    return {
      '/sdapi/v1/txt2img': { POST: ({ body }) => txt2img(machine, body) },
      '/sdapi/v1/sd-models': get(() => {
        const filename = basename(onlyCheckpoint(shelf).filename);
        return [{ config: null, filename, ...fakeHash, model_name: name(), title: name() }];
      }),
      '/sdapi/v1/options': get(() => ({ samples_format: 'png', sd_model_checkpoint: name() })),
      '/sdapi/v1/samplers': get(() => samplers),
      '/sdapi/v1/schedulers': get(() => schedulerNames.map((label) => ({ label, name: label }))),
      '/sdapi/v1/loras': get(() => []),
      '/sdapi/v1/upscalers': get(() =>
        upscalerNames.map((each) => ({
          model_name: null,
          model_path: null,
          model_url: null,
          name: each,
          scale: 4,
        })),
      ),
      '/sdapi/v1/latent-upscale-modes': get(() => latentModes.map((mode) => ({ name: mode }))),
      '/sdcpp/v1/capabilities': get(() => ({})),
      '/': {
        GET: () => ({ status: 200, contentType: 'text/html', body: 'Stable Diffusion Server is running' }),
      },
    };
  },
  readRequest: readSdCppRequest,
  resolveSampling: (asked, scheduler) => ({
    sampler: samplerNames.find((name) => name === asked.toLowerCase().replaceAll(' ', '_')) ?? 'NONE',
    scheduleType: scheduler,
  }),
  sizeRule: { multiple: 64, rounding: 'up', longestSide: null },
  infotext,
  info,
  answer: ({ images, info: told, echo }) => ({ images, info: JSON.stringify(told), parameters: echo }),
  failure: () => json({ error: 'generate_image returned no results' }, 500),
  saving: 'never',
};

/** captures/sd-server/38, without the long JSON at its end. */
function infotext(parts: InfotextParts): string {
  const negative = parts.negativePrompt === '' ? '' : `\nNegative prompt: ${parts.negativePrompt}`;
  return `${parts.prompt}${negative}\nSteps: ${parts.steps}, CFG scale: ${parts.cfgScale.toFixed(6)}, Guidance: 3.500000, Eta: inf, Seed: ${parts.seed}, Size: ${parts.width}x${parts.height}, Model: ${parts.modelName}.safetensors, RNG: cuda, Sampler: ${parts.sampler}, Version: ${demoVersion}`;
}

function info({ job, checkpoint, infotexts }: GenerationFacts): Record<string, unknown> {
  return {
    all_negative_prompts: job.seeds.map(() => job.negativePrompt),
    all_prompts: job.seeds.map(() => job.prompt),
    all_seeds: job.seeds,
    cfg_scale: job.cfgScale,
    height: job.height,
    infotexts,
    ...(job.negativePrompt === '' ? {} : { negative_prompt: job.negativePrompt }),
    prompt: job.prompt,
    sampler_name: job.sampler,
    sd_model_name: `${checkpoint.name}.safetensors`,
    seed: job.seeds[0],
    steps: job.steps,
    version: demoVersion,
    width: job.width,
  };
}
