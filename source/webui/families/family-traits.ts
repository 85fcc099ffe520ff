import type { GenerationLimits } from '../../generation/generation-limits.ts';
import type { RateLimit } from '../rate-budget.ts';

/** What a WebUI may have besides checkpoints, samplers and txt2img. */
export type OptionalEndpoint =
  | 'schedulers'
  | 'face-restorers'
  | 'cmd-flags'
  | 'progress'
  | 'memory'
  | 'interrupt'
  | 'skip'
  | 'refresh-checkpoints'
  | 'server-restart';

/** How a family differs from the others in what is asked of it and in what its answers mean (webui-api.md 7). */
export type FamilyTraits = {
  /** What it may have; each is looked for, and nothing else is ever called. */
  readonly endpoints: readonly OptionalEndpoint[];
  /** Named in each request, set by POST /options and verified, or loaded at its start for good. */
  readonly checkpointChoice: 'each-request' | 'options' | 'fixed';
  /** Whether it writes images, and whether the folder of txt2img is below the common one (`outdir_samples`). */
  readonly saving: { readonly isBelowCommonFolder: boolean } | null;
  /** Whether a checkpoint can be unloaded and loaded again, so that what a failed generation left in memory goes (webui-api.md 7.1, 8). */
  readonly canFreeMemory: boolean;
  readonly limits: GenerationLimits;
  readonly maxInFlight: 1 | 2;
  /** Which part of the progress tells that nothing runs: `job_count` alone, or only together with the job's name. */
  readonly idleSign: 'job-count' | 'job-and-count';
  /** Null where progress never comes with a preview. With a switch its options tell whether and how often; without one each step has one. */
  readonly livePreviews: { readonly hasSwitch: boolean } | null;
  readonly rateLimit: RateLimit | null;
  /** Whether exceptions of its pipeline, a shortage of memory among them, are hidden behind answers without images. */
  readonly hidesExceptions: boolean;
  /** Statuses that refuse an answer after the work was done. */
  readonly statusesAfterWork: readonly number[];
  /** Whether it knows a second seed with a strength; what it does not know it leaves out in silence. */
  readonly hasVariations: boolean;
  /** Whether it knows A1111's fields of a second pass. */
  readonly hasHires: boolean;
  /** The fields besides A1111's own that a second pass needs (webui-api.md 11.3). */
  readonly hiresFields: readonly string[];
};
