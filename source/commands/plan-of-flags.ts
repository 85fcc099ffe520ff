import { checkParameters } from '../generation/validate-parameters.ts';
import type { Plan } from '../plan/plan.ts';
import { planOf } from '../settings/last-used.ts';
import type { ResolvedSettings } from '../settings/resolve.ts';

export type PlanReading =
  | { readonly ok: true; readonly plan: Plan }
  /** A sentence, or a few. */
  | { readonly ok: false; readonly message: string };

/** The plan of a run, where nobody can be asked for what is missing; `count` is the images to end after. */
export function readPlan(settings: ResolvedSettings, count: number | null): PlanReading {
  const plan = planOf(settings, count === null ? null : { kind: 'images', count });
  if (plan === null) return { ok: false, message: missing(settings) };
  const problems = checkParameters(plan.parameters, plan.seed);
  if (problems.length > 0) return { ok: false, message: problems.map(({ message }) => message).join(' ') };
  return { ok: true, plan };
}

function missing({ model, prompt }: ResolvedSettings): string {
  if (model !== undefined) return '`sdloop run` needs a prompt: --prompt TEXT.';
  const needs =
    prompt === undefined ? 'a model and a prompt: --model NAME --prompt TEXT' : 'a model: --model NAME';
  return `\`sdloop run\` needs ${needs}. \`sdloop models\` lists the models that the WebUI has.`;
}
