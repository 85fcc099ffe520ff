import { cmdFlags } from '../cmd-flags.ts';
import { fastApiException, json } from '../reply.ts';
import { withoutPaths } from '../routes.ts';
import { txt2ImgFieldNames } from '../txt2img-request.ts';
import { a1111 } from './a1111.ts';
import type { DemoFamily } from './family.ts';

/** The fields that a family has besides A1111's, with their defaults. */
function withFields(family: DemoFamily, fields: Readonly<Record<string, unknown>>): DemoFamily {
  return {
    ...family,
    fieldNames: [...txt2ImgFieldNames, ...Object.keys(fields)],
    answer: ({ echo, ...made }) =>
      family.answer({ ...made, echo: typeof echo === 'object' ? { ...echo, ...fields } : echo }),
  };
}

const modules = { GET: () => json([]) };

const forgeFields = {
  distilled_cfg_scale: 3.5,
  hr_cfg: 1,
  hr_distilled_cfg: 3.5,
  hr_additional_modules: null,
};

/** Forge: modules in place of VAEs, flags that cannot be told, FastAPI's own error shapes (webui-api.md 7.2, 13.4). */
export const forge: DemoFamily = withFields(
  {
    ...a1111,
    manners: { ...a1111.manners, refuse: fastApiException },
    routes: (machine, start) => ({
      ...withoutPaths(a1111.routes(machine, start), ['/sdapi/v1/sd-vae']),
      '/sdapi/v1/sd-modules': modules,
      '/sdapi/v1/cmd-flags': {
        GET: () => {
          const body = cmdFlags({
            dataDirectory: machine.dataDirectory,
            port: start.port(),
            auth: start.auth,
            hasServerStop: machine.serverStop !== null,
          });
          const message = '1 validation error';
          return json({ error: 'ResponseValidationError', detail: '', body, message }, 500);
        },
      },
    }),
    failure: (error) =>
      error.name === 'HTTPException'
        ? fastApiException(500, error.message)
        : json({ error: error.name, detail: '', body: '', message: error.message }, 500),
  },
  forgeFields,
);

/** Forge Neo, whose flags can be told, which has no way to reload, and a preview at each step (webui-api.md 7.1, 5.3). */
export const forgeNeo: DemoFamily = {
  ...forge,
  options: { ...forge.options, show_progress_every_n_steps: 1, live_preview_refresh_period: 500 },
  routes: (machine, start) => ({
    ...withoutPaths(a1111.routes(machine, start), ['/sdapi/v1/sd-vae', '/sdapi/v1/reload-checkpoint']),
    '/sdapi/v1/sd-modules': modules,
  }),
};

/** reForge, which differs from A1111 in a field of its requests (webui-api.md 7.3). */
export const reforge: DemoFamily = withFields(a1111, { hr_cfg: 1 });
