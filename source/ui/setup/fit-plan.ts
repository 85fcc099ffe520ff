import { closeNames } from '../../generation/close-names.ts';
import { matchCheckpoint } from '../../generation/match-checkpoint.ts';
import { chooseSampler } from '../../generation/match-sampler.ts';
import { checkParameters } from '../../generation/validate-parameters.ts';
import type { WebUi } from '../../generation/webui.ts';
import type { Plan } from '../../plan/plan.ts';
import { describeFitting } from '../../presentation/webui-limits.ts';
import { fitParameters } from '../components/parameters-form/fields.ts';

/** A plan from another day on the WebUI of today. */
export type PlanFit =
  | {
      readonly kind: 'fits';
      readonly plan: Plan;
      /** Sentences on what this WebUI lacks and was replaced. */
      readonly changes: readonly string[];
      /** Sentences on what this WebUI makes in another way than asked for. */
      readonly differences: readonly string[];
    }
  | { readonly kind: 'unfit'; readonly reason: string };

/** Finds the plan's checkpoint by whatever name it has, and replaces sampler and scheduler where the WebUI has them no more. */
export function fitPlan(plan: Plan, webUi: WebUi): PlanFit {
  const match = matchCheckpoint(webUi.checkpoints, plan.checkpoint);
  if (match.kind === 'unknown')
    return { kind: 'unfit', reason: noCheckpoint(plan.checkpoint, match.suggestions) };
  const problem = checkParameters(plan.parameters, plan.seed)[0];
  if (problem !== undefined) return { kind: 'unfit', reason: problem.message };
  const fitted = fitParameters(plan.parameters, webUi);
  const sampler = fitted.sampler ?? chooseSampler(webUi.samplers);
  const { parameters } = plan;
  const changes = [
    parameters.sampler !== null && fitted.sampler === null
      ? `This WebUI has no sampler ${parameters.sampler}${closeTo(parameters.sampler, webUi.samplers)}: ${sampler ?? 'its own choice'} is used.`
      : null,
    parameters.scheduler !== null && fitted.scheduler === null
      ? `This WebUI has no scheduler ${parameters.scheduler}${closeTo(parameters.scheduler, webUi.schedulers)}: its own choice is used.`
      : null,
  ].filter((change) => change !== null);
  return {
    kind: 'fits',
    plan: { ...plan, checkpoint: match.checkpoint.title, parameters: { ...fitted, sampler } },
    changes,
    differences: describeFitting(parameters, webUi),
  };
}

/** The screen that offers a fitted plan. */
export function readyFor({ plan, changes, differences }: PlanFit & { kind: 'fits' }) {
  return { kind: 'ready', plan, changes: [...changes, ...differences] } as const;
}

function closeTo(asked: string, names: readonly string[]): string {
  const close = closeNames(asked, names);
  return close.length === 0 ? '' : ` (close to it: ${close.join(', ')})`;
}

/** The sentence on a name that no checkpoint of this WebUI has. */
export function noCheckpoint(asked: string, suggestions: readonly string[]): string {
  const close = suggestions.length === 0 ? '' : ` Close to it: ${suggestions.join(', ')}.`;
  return `This WebUI has no checkpoint ${asked}.${close} Choose one here.`;
}
