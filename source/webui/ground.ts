import type { FamilyTraits } from './families/family-traits.ts';
import { traitsOf } from './families/traits-of.ts';
import type { Finding } from './probe.ts';
import { RateBudget } from './rate-budget.ts';
import type { Options } from './wire/options.ts';
import type { RequestGround } from './wire/txt2img-request.ts';

/** What a client knows of its WebUI since the last probe. */
export type Ground = RequestGround & {
  readonly traits: FamilyTraits;
  readonly hasProgress: boolean;
  readonly hasPreviews: boolean;
  readonly canRefresh: boolean;
  /** Whether the checkpoint is named in each request, whatever the options say: they were found to be wrong once. */
  readonly namesCheckpoint: boolean;
  readonly budgets: { readonly txt2img: RateBudget | null; readonly progress: RateBudget | null };
};

/** Before the first probe nothing is ruled out. */
export const unprobedGround: Ground = {
  options: null,
  hasSchedulers: true,
  checkpointChoice: 'each-request',
  hiresFields: [],
  traits: traitsOf('a1111'),
  hasProgress: true,
  hasPreviews: false,
  canRefresh: true,
  namesCheckpoint: false,
  budgets: { txt2img: null, progress: null },
};

/** The ground that a probe found. What was spent of a budget stays spent, however often it is probed. */
export function groundOf({ webUi, options, isAtWork, canRefresh }: Finding, before: Ground): Ground {
  const traits = traitsOf(webUi.family);
  const points = options.server_rate_limit ?? traits.rateLimit?.points ?? 0;
  const isKept = traits === before.traits && options.server_rate_limit === before.options?.server_rate_limit;
  // A limit of 0 is none (webui-api.md 7.4).
  const limit = traits.rateLimit && points > 0 ? { ...traits.rateLimit, points } : null;
  const budgetOf = (path: string) => limit && new RateBudget(limit, path);
  const { namesCheckpoint } = before;
  return {
    options: isAtWork || namesCheckpoint ? withoutCheckpoint(options) : options,
    namesCheckpoint,
    hasSchedulers: webUi.schedulers.length > 0,
    checkpointChoice: traits.checkpointChoice,
    hiresFields: traits.hiresFields,
    traits,
    hasProgress: webUi.hasProgress,
    hasPreviews: webUi.livePreviews.kind === 'on',
    canRefresh,
    budgets: isKept
      ? before.budgets
      : { txt2img: budgetOf('/sdapi/v1/txt2img'), progress: budgetOf('/sdapi/v1/progress') },
  };
}

/** Options that do not say which checkpoint is selected, so that each request does. */
export function withoutCheckpoint(options: Options): Options {
  return { ...options, sd_model_checkpoint: null };
}
