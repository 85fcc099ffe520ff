import type { Failure } from '../generation/failure.ts';
import { imageCountOf } from '../generation/generation.ts';
import { fitToLimits } from '../generation/generation-limits.ts';
import { matchCheckpoint } from '../generation/match-checkpoint.ts';
import { matchSampler, matchScheduler } from '../generation/match-sampler.ts';
import type { WebUi } from '../generation/webui.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * Why the WebUI cannot do what the plan says, or null. Asked before sending, since A1111 from 1.10 silently takes another
 * sampler, and every family another checkpoint, for a name that it does not know (webui-api.md 2.2, 3.1).
 */
export function planTrouble(plan: Plan, webUi: WebUi): Failure | null {
  if (webUi.checkpoints.length === 0) return { kind: 'no-checkpoint', detail: '' };
  const match = matchCheckpoint(webUi.checkpoints, plan.checkpoint);
  if (match.kind === 'unknown') {
    return {
      kind: 'unknown-checkpoint',
      detail: '',
      asked: plan.checkpoint,
      suggestions: match.suggestions,
    };
  }
  const { sampler, scheduler } = plan.parameters;
  if (sampler !== null && webUi.samplers.length > 0) {
    const found = matchSampler(webUi.samplers, sampler, webUi.schedulers);
    if (found.kind === 'unknown') {
      return { kind: 'unknown-sampler', detail: '', asked: sampler, suggestions: found.suggestions };
    }
  }
  if (scheduler !== null && webUi.schedulers.length > 0) {
    const found = matchScheduler(webUi.schedulers, scheduler);
    if (found.kind === 'unknown') {
      return { kind: 'unknown-scheduler', detail: '', asked: scheduler, suggestions: found.suggestions };
    }
  }
  return seedTrouble(plan, webUi);
}

/** A seed beyond the last one is replaced in silence, and its file would bear the wrong number (webui-api.md 13.10). */
function seedTrouble({ seed, parameters }: Plan, { limits }: WebUi): Failure | null {
  if (seed.kind === 'random') return null;
  const first = seed.kind === 'fixed' ? seed.seed : seed.from;
  const imageCount = imageCountOf({ parameters: fitToLimits(parameters, limits) });
  if (first + imageCount - 1 <= limits.lastSeed) return null;
  return { kind: 'rejected', detail: `its largest seed is ${limits.lastSeed}` };
}
