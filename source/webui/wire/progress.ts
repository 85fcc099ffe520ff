import * as v from 'valibot';
import type { Progress } from '../../generation/webui.ts';
import type { FamilyTraits } from '../families/family-traits.ts';

/** With the live preview, which is encoded and sent at each poll (webui-api.md 5.3). */
export const previewPath = '/sdapi/v1/progress';

/** Without it. */
export const progressPath = `${previewPath}?skip_current_image=true`;

/** GET /progress (webui-api.md 5.1). */
export const progressSchema = v.object({
  state: v.object({
    interrupted: v.nullish(v.boolean(), false),
    job: v.nullish(v.string(), ''),
    job_count: v.number(),
    job_no: v.number(),
    job_timestamp: v.nullish(v.string(), ''),
    sampling_step: v.number(),
    sampling_steps: v.number(),
  }),
});

/** The same with the picture, whatever is in its place: it must not cost the progress. */
export const previewSchema = v.object({ ...progressSchema.entries, current_image: v.optional(v.unknown()) });

/** `job_count` is 0 when idle and -1 from a job's start until sampling is set up (webui-api.md 5.2). */
export function toProgress(
  { state }: v.InferOutput<typeof progressSchema>,
  idleSign: FamilyTraits['idleSign'],
): Progress {
  const isNamed = idleSign === 'job-and-count' && state.job !== '';
  return {
    isRunning: state.job_count !== 0 || isNamed,
    step: state.sampling_step,
    stepCount: state.sampling_steps,
    passNumber: state.job_no,
    passCount: state.job_count > 0 ? state.job_count : null,
    jobTimestamp: state.job_timestamp,
    isInterrupted: state.interrupted,
  };
}
