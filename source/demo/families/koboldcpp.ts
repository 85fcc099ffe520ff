import { sizeMade } from '../../generation/generation-limits.ts';
import { fastApiException, json, type PythonError, type Reply } from '../reply.ts';
import type { Handler, Routes } from '../routes.ts';
import type { Sampler } from '../samplers.ts';
import { txt2img } from '../txt2img.ts';
import { readTxt2ImgRequest } from '../txt2img-request.ts';
import { a1111 } from './a1111.ts';
import type { DemoFamily, Manners } from './family.ts';
import { fakeHash, imitationSamplers, onlyCheckpoint } from './imitation.ts';

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

/** The connection is closed without a word (captures/koboldcpp/62, 71). */
const hangUp: { readonly reply: Reply } = { reply: { status: 200, body: '', cut: 'at-once' } };

const badInput = json({ detail: { msg: 'Error parsing input.', type: 'bad_input' } }, 500);

const sizeRule = { multiple: 64, rounding: 'down', longestSide: 1024 } as const;

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
  readRequest(body, { chance }) {
    const given = parse(body.bytes.toString('utf8'));
    if (given === undefined) return { reply: badInput };
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return hangUp;
    const fields: Record<string, unknown> = { ...defaults, ...given };
    const whole = [fields.width, fields.height, fields.steps, fields.seed].map(toWhole);
    const [width, height, steps, seed] = whole;
    if (width === undefined || height === undefined || steps === undefined || seed === undefined)
      return hangUp;
    if (typeof fields.prompt !== 'string' || typeof fields.cfg_scale !== 'number' || width > 100_000)
      return hangUp;
    const understood = readTxt2ImgRequest({
      prompt: fields.prompt,
      negative_prompt: String(fields.negative_prompt),
      sampler_name: String(fields.sampler_name),
      ...sizeMade({ width, height }, sizeRule),
      steps: Math.min(80, Math.max(1, steps)),
      cfg_scale: Math.min(25, Math.max(1, fields.cfg_scale)),
      seed: seed < 0 ? 100_000 + Math.floor(chance() * 900_000) : seed,
    });
    return 'reply' in understood ? understood : { request: understood.request, echo: {} };
  },
  resolveSampling: (sampler) => ({ sampler, scheduleType: null }),
  sizeRule,
  // captures/koboldcpp/84: of nine at once three are turned away.
  maxOutstanding: 6,
  infotext: () => '',
  info: () => ({}),
  answer: ({ images }) => ({ images: images.length === 0 ? [''] : images, parameters: {}, info: '' }),
  failure: (_: PythonError) => json({ images: [''], parameters: {}, info: '' }),
  saving: 'never',
};

const defaults = {
  prompt: '',
  negative_prompt: '',
  sampler_name: 'Euler a',
  width: 512,
  height: 512,
  steps: 20,
  cfg_scale: 5,
  seed: -1,
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

/** Python's `int`: numbers and their texts, cut to whole ones; undefined where it raises. */
function toWhole(input: unknown): number | undefined {
  const isNumber = typeof input === 'number' || (typeof input === 'string' && /^\s*[+-]?\d+\s*$/.test(input));
  return isNumber ? Math.trunc(Number(input)) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
