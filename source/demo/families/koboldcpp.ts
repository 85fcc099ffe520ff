import { fastApiException, json, type PythonError, type Reply } from '../reply.ts';
import type { Handler, Routes } from '../routes.ts';
import type { Sampler } from '../samplers.ts';
import { txt2img } from '../txt2img.ts';
import { a1111 } from './a1111.ts';
import type { DemoFamily, Manners } from './family.ts';
import { fakeHash, imitationSamplers, onlyCheckpoint } from './imitation.ts';
import { koboldSizeRule, readKoboldRequest } from './koboldcpp-request.ts';

/** captures/koboldcpp/28, 36: a GET is told so, a POST gets nothing, and that only once the running generation is over. */
const notFoundText = 'Error: HTTP Server is running, but this endpoint does not exist. Please check the URL.';

async function notFound(verb: string, lock: { run<T>(work: () => Promise<T>): Promise<T> }): Promise<Reply> {
  if (verb === 'POST') await lock.run(async () => undefined);
  return { status: 404, contentType: 'text/html', body: verb === 'POST' ? '' : notFoundText };
}

const manners: Manners = {
  isLaxAboutPaths: true,
  unknownPath: (verb, { lock }) => notFound(verb, lock),
  wrongVerb: (_, verb, { lock }) => notFound(verb, lock),
  refuse: fastApiException,
  complaints: null,
  headers: {
    server: 'ConcedoLlamaForKoboldServer ',
    'access-control-allow-origin': '*',
    'cache-control': 'no-store',
  },
  isHttp10: true,
};

const samplers: readonly Sampler[] = imitationSamplers([
  ['Euler a', 'k_euler_a', 'k_euler_ancestral'],
  ['Euler', 'k_euler'],
  ['Heun', 'k_heun'],
  ['DPM2', 'k_dpm_2'],
  ['DPM++ 2M', 'k_dpmpp_2m'],
  ['LCM', 'k_lcm'],
]);

/** KoboldCpp 1.76 with an image model (webui-api.md 7.5, 13.9). */
export const koboldcpp: DemoFamily = {
  ...a1111,
  hasOneCheckpoint: true,
  manners,
  fieldNames: null,
  routes: (machine): Routes => {
    const get = (answer: () => unknown): Readonly<Record<string, Handler>> => ({ GET: () => json(answer()) });
    const { shelf, progress, statistics } = machine;
    const name = () => onlyCheckpoint(shelf).modelName;
    return {
      '/sdapi/v1/txt2img': { POST: ({ body }) => txt2img(machine, body) },
      '/sdapi/v1/sd-models': get(() => {
        const { filename } = onlyCheckpoint(shelf);
        return [{ title: name(), model_name: name(), ...fakeHash, filename, config: null }];
      }),
      '/sdapi/v1/options': get(() => ({ samples_format: 'png', sd_model_checkpoint: name() })),
      '/sdapi/v1/samplers': get(() => samplers),
      '/sdapi/v1/upscalers': get(() => []),
      '/api/extra/version': get(() => version),
      '/api/extra/perf': get(() => ({
        total_img_gens: statistics.read().generationCount,
        queue: Math.max(0, statistics.outstanding - 1),
        idle: progress.jobCount === 0 ? 1 : 0,
      })),
      '/': { GET: () => ({ status: 200, contentType: 'text/html', body: page }) },
    };
  },
  readRequest: readKoboldRequest,
  resolveSampling: (sampler) => ({ sampler, scheduleType: null }),
  sizeRule: koboldSizeRule,
  // captures/koboldcpp/84: of nine at once three are turned away.
  maxOutstanding: 6,
  infotext: () => '',
  info: () => ({}),
  answer: ({ images }) => ({ images: images.length === 0 ? [''] : images, parameters: {}, info: '' }),
  failure: (_: PythonError) => json({ images: [''], parameters: {}, info: '' }),
  saving: 'never',
};

/** captures/koboldcpp/97 */
const version = {
  result: 'KoboldCpp',
  version: '1.76',
  protected: false,
  txt2img: true,
  vision: false,
  transcribe: false,
};

const page =
  '<!DOCTYPE html>\n<html lang="en">\n<!--\nKoboldAI Lite is not here: this is the built-in WebUI of sdloop, playing KoboldCpp.\n-->\n</html>\n';
