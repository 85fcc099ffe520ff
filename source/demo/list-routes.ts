import { shortHashOf, titleOf } from './checkpoint-shelf.ts';
import type { Machine } from './machine.ts';
import { json } from './reply.ts';
import type { Routes } from './routes.ts';
import type { Sampler, Scheduler } from './samplers.ts';

const upscalers = ['None', 'Lanczos', 'Nearest', 'ESRGAN_4x', 'R-ESRGAN 4x+'].map((name) => ({
  name,
  model_name: /ESRGAN/.test(name) ? name : null,
  model_path: null,
  model_url: null,
  scale: 4,
}));

const latentModes = [
  '',
  ' (antialiased)',
  ' (bicubic)',
  ' (bicubic antialiased)',
  ' (nearest)',
  ' (nearest-exact)',
];

/** What the WebUI has: checkpoints, samplers and the other lists (webui-api.md 2). */
export function listRoutes(
  { shelf, lock }: Machine,
  {
    samplers,
    schedulers,
  }: { readonly samplers: readonly Sampler[]; readonly schedulers: readonly Scheduler[] },
): Routes {
  return {
    '/sdapi/v1/sd-models': {
      GET: () =>
        json(
          shelf.list().map((checkpoint) => ({
            title: titleOf(checkpoint),
            model_name: checkpoint.modelName,
            hash: shortHashOf(checkpoint),
            sha256: checkpoint.sha256,
            filename: checkpoint.filename,
            config: null,
          })),
        ),
    },
    '/sdapi/v1/refresh-checkpoints': {
      POST: async () => {
        await lock.run(() => shelf.refresh());
        return json(null);
      },
    },
    '/sdapi/v1/unload-checkpoint': { POST: () => json({}) },
    '/sdapi/v1/reload-checkpoint': { POST: () => json({}) },
    '/sdapi/v1/samplers': { GET: () => json(samplers) },
    '/sdapi/v1/schedulers': { GET: () => json(schedulers) },
    '/sdapi/v1/upscalers': { GET: () => json(upscalers) },
    '/sdapi/v1/latent-upscale-modes': {
      GET: () => json(latentModes.map((mode) => ({ name: `Latent${mode}` }))),
    },
    '/sdapi/v1/face-restorers': {
      GET: () => json(['CodeFormer', 'GFPGAN'].map((name) => ({ name, cmd_dir: null }))),
    },
    '/sdapi/v1/sd-vae': { GET: () => json([]) },
    '/sdapi/v1/loras': { GET: () => json([]) },
    '/sdapi/v1/hypernetworks': { GET: () => json([]) },
    '/sdapi/v1/prompt-styles': { GET: () => json([]) },
    '/sdapi/v1/embeddings': { GET: () => json({ loaded: {}, skipped: {} }) },
    '/sdapi/v1/scripts': { GET: () => json({ txt2img: [], img2img: [] }) },
  };
}
