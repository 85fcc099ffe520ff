import { httpException } from '../reply.ts';
import { withoutPaths } from '../routes.ts';
import { type Sampler, samplers } from '../samplers.ts';
import { txt2ImgFieldNames } from '../txt2img-request.ts';
import { a1111 } from './a1111.ts';
import type { DemoFamily } from './family.ts';

/** Those with a scheduler of their own, each once plain and once with it in its name, as before A1111 1.9 (webui-api.md 2.2). */
const joinedSamplers: readonly Sampler[] = samplers.flatMap((sampler) => {
  const plain = { ...sampler, options: {} };
  if (sampler.options.scheduler === undefined) return [plain];
  const name = String(sampler.options.scheduler);
  return [{ ...plain, name: `${sampler.name} ${name[0]?.toUpperCase()}${name.slice(1)}` }, plain];
});

/** A1111 before 1.9: the schedule is part of the sampler's name, and an unknown one is 404. */
export const a1111Before19: DemoFamily = {
  ...a1111,
  routes: (machine, start) => ({
    ...withoutPaths(a1111.routes(machine, start), ['/sdapi/v1/schedulers']),
    '/sdapi/v1/samplers': { GET: () => ({ status: 200, body: JSON.stringify(joinedSamplers) }) },
  }),
  readRequest(body, machine) {
    const reading = a1111.readRequest(body, machine);
    if ('reply' in reading) return reading;
    const { sampler_name, sampler_index } = reading.request;
    const isKnown = joinedSamplers.some(({ name }) => name === (sampler_name ?? sampler_index));
    return isKnown ? reading : { reply: httpException(404, 'Sampler not found') };
  },
  fieldNames: txt2ImgFieldNames.filter((name) => name !== 'scheduler'),
  resolveSampling: (sampler) => ({ sampler, scheduleType: null }),
};

/** Forge Classic of early 2025 (webui-api.md 7.3). */
export const forgeClassic: DemoFamily = {
  ...a1111Before19,
  routes: (machine, start) => withoutPaths(a1111Before19.routes(machine, start), ['/sdapi/v1/hypernetworks']),
};
