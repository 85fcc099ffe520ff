import { seedsOf } from '../generation/generation.ts';
import { fitToLimits } from '../generation/generation-limits.ts';
import { chooseSampler } from '../generation/match-sampler.ts';
import type { WebUi } from '../generation/webui.ts';
import type { Work } from './lane.ts';
import { lackOf } from './order-trouble.ts';
import { inItsNames } from './plan-work.ts';

/**
 * Work that was planned before, as the WebUI that is there now can do it: in its names and within its limits, with the same seeds; null
 * where it cannot, since the checkpoint is gone or it would put other seeds in place of ours (webui-api.md 13.10).
 */
export function refitWork(work: Work, webUi: WebUi): Work | null {
  const { request } = work;
  const seeds = [...seedsOf(request), ...work.laterSeeds];
  if (seeds.some((seed) => seed > webUi.limits.lastSeed) || lackOf(work.planned, webUi) !== null) return null;
  const { checkpoint, parameters } = inItsNames({ ...request, seed: { kind: 'random' }, goal: null }, webUi);
  if (!webUi.checkpoints.some(({ title }) => title === checkpoint)) return null;
  const { sampler, scheduler, restoreFaces } = parameters;
  const isKnown = sampler === null || webUi.samplers.length === 0 || webUi.samplers.includes(sampler);
  const { steps, cfgScale } = fitToLimits(parameters, webUi.limits);
  return {
    ...work,
    request: {
      ...request,
      checkpoint,
      parameters: {
        ...request.parameters,
        steps,
        cfgScale,
        restoreFaces,
        sampler: isKnown ? sampler : chooseSampler(webUi.samplers),
        scheduler: scheduler !== null && webUi.schedulers.includes(scheduler) ? scheduler : null,
      },
    },
  };
}
