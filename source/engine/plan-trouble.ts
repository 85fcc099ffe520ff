import type { Failure } from '../generation/failure.ts';
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
  return null;
}
