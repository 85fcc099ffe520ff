import { shortHashOf, titleOf } from '../checkpoint-shelf.ts';
import { defaultOptions } from '../default-options.ts';
import { type GenerationFacts, generationInfo } from '../generation-info.ts';
import { readJsonObject } from '../json-body.ts';
import type { Machine } from '../machine.ts';
import { httpException, json, type PythonError } from '../reply.ts';
import { type Handler, type Routes, withoutPaths } from '../routes.ts';
import { samplers } from '../samplers.ts';
import { a1111, fastApi } from './a1111.ts';
import type { DemoFamily } from './family.ts';
import { logError, readLog } from './sdnext-log.ts';
import { sdnextProgress, sdnextStatus } from './sdnext-progress.ts';
import { withRateLimit } from './sdnext-rate-limit.ts';

const noContent = { status: 204, body: '', contentType: null };

/** Its previews cannot be switched off. */
const { live_previews_enable, ...withoutSwitch } = defaultOptions;

/** What it tells of a generation that came to nothing: of the images, none. */
const nothingMade = { prompt: '', all_prompts: [], all_seeds: [], index_of_first_image: 0, infotexts: [] };

/** What its pipeline catches, so that the answer is a 200 without images (webui-api.md 7.4). */
const caughtErrors = ['RuntimeError', 'ValueError', 'OutOfMemoryError', 'NansException'];

/** SD.Next (webui-api.md 7.4). */
export const sdnext: DemoFamily = {
  ...a1111,
  options: {
    ...withoutSwitch,
    show_progress_every_n_steps: 1,
    live_preview_refresh_period: 500,
    samples_format: 'jpg',
    save_to_dirs: false,
    outdir_txt2img_samples: 'outputs/text',
    samples_filename_pattern: '[seq]-[date]-[model_name]',
    save_incomplete_images: true,
    server_rate_limit: 300,
  },
  isStrictAboutOptions: false,
  manners: { ...fastApi, complaints: { missing: 'Unauthorized', wrong: 'Unauthorized' } },
  routes: (machine, start) => withRateLimit(sdnextRoutes(machine, a1111.routes(machine, start)), machine),
  readRequest(body, machine) {
    const read = readJsonObject(body);
    if ('reply' in read) return read;
    const defaults = { steps: 20, width: 1024, height: 1024, cfg_scale: 6 };
    const bytes = Buffer.from(JSON.stringify({ ...defaults, ...read.object }));
    const reading = a1111.readRequest({ ...body, bytes }, machine);
    if ('reply' in reading) return reading;
    const asked = reading.request.sampler_name;
    const isKnown = asked === null || asked === 'Default' || samplers.some(({ name }) => name === asked);
    return isKnown ? reading : { reply: httpException(404, 'Sampler not found') };
  },
  resolveSampling: (sampler) => ({ sampler, scheduleType: null }),
  jobName: 'API-TXT',
  info: sdnextInfo,
  answer: ({ images, info, echo }) => ({
    images,
    parameters: echo,
    info: Object.keys(info).length === 0 ? '' : JSON.stringify(info),
  }),
  failure(error, machine) {
    if (!caughtErrors.includes(error.name)) return a1111.failure(error, machine);
    logError(machine, error);
    return json({ images: [], parameters: {}, info: JSON.stringify(nothingMade) });
  },
  endsAfter: (error: PythonError) => caughtErrors.includes(error.name),
  saving: 'counted',
  reloadsAfterOverride: true,
};

function sdnextInfo(facts: GenerationFacts): Record<string, unknown> {
  const { sd_model_name, sd_vae_name, version, ...info } = generationInfo(facts);
  return { ...info, cfg_end: 1, detailer: false };
}

function sdnextRoutes(machine: Machine, base: Routes): Routes {
  const { shelf, loader, progress, options, lock } = machine;
  const samplerList = [
    { name: 'Default', options: {} },
    ...samplers.map(({ name }) => ({ name, options: {} })),
  ];
  return {
    ...withoutPaths(base, ['/internal/progress', '/internal/pending-tasks', '/sdapi/v1/server-restart']),
    '/sdapi/v1/sd-models': {
      GET: () =>
        json(
          shelf.list().map((checkpoint) => ({
            title: titleOf(checkpoint),
            model_name: checkpoint.modelName,
            filename: checkpoint.filename,
            type: 'safetensors',
            sha256: checkpoint.sha256,
            hash: shortHashOf(checkpoint),
          })),
        ),
    },
    '/sdapi/v1/samplers': { GET: () => json(samplerList) },
    '/sdapi/v1/schedulers': {
      GET: () => json(samplers.map(({ name }) => ({ name, cls: `${name}Scheduler`, options: {} }))),
    },
    '/sdapi/v1/embeddings': { GET: () => json({ loaded: [], skipped: [] }) },
    '/sdapi/v1/refresh-checkpoints': {
      POST: async () => {
        await lock.run(() => shelf.refresh());
        return noContent;
      },
    },
    '/sdapi/v1/interrupt': answering204(() => {
      progress.interrupt();
    }),
    '/sdapi/v1/skip': answering204(() => {
      progress.skip();
    }),
    '/sdapi/v1/unload-checkpoint': answering204(() => undefined),
    '/sdapi/v1/reload-checkpoint': answering204(() => undefined),
    '/sdapi/v1/options': { GET: () => json(options.all()), POST: setOptions(machine) },
    '/sdapi/v1/log': { GET: ({ query }) => json(readLog(machine, query)) },
    '/sdapi/v1/checkpoint': { GET: () => json(loadedCheckpoint()) },
    '/sdapi/v1/progress': { GET: ({ query }) => sdnextProgress(machine, query) },
    '/sdapi/v1/status': { GET: () => json(sdnextStatus(machine)) },
  };

  function loadedCheckpoint(): unknown {
    const loaded = loader.loaded();
    if (loaded === null) return { type: null, class: null };
    const { modelName, filename } = loaded;
    const hash = shortHashOf(loaded);
    const title = titleOf(loaded);
    return { type: 'sd', class: 'StableDiffusionPipeline', title, name: modelName, filename, hash };
  }
}

function answering204(act: () => void): Readonly<Record<string, Handler>> {
  return {
    POST: () => {
      act();
      return noContent;
    },
  };
}

/** Says for each key whether it was changed; neither an unknown key nor an unknown checkpoint is an error. */
function setOptions({ options, shelf, loader, lock }: Machine): Handler {
  return async ({ body }) => {
    const read = readJsonObject(body);
    if ('reply' in read) return read.reply;
    const updated: Record<string, boolean>[] = [];
    for (const [key, value] of Object.entries(read.object)) {
      const isKnown = options.has(key);
      updated.push({ [key]: isKnown });
      const checkpoint = key === 'sd_model_checkpoint' ? shelf.find(value) : undefined;
      if (isKnown && (key !== 'sd_model_checkpoint' || checkpoint)) options.set(key, value);
      if (!checkpoint) continue;
      await lock.run(async () => {
        await loader.whenReady();
        await loader.load(checkpoint);
      });
    }
    return json({ updated });
  };
}
