import { encodePreview, renewPreview } from '../live-preview.ts';
import type { Machine } from '../machine.ts';
import { json, type Reply } from '../reply.ts';

/**
 * SD.Next's progress (webui-api.md 7.4): without A1111's offset, in hundredths, and near 1 when idle, since its idle test looks at the step
 * counter, which survives the job.
 */
export async function sdnextProgress(machine: Machine, query: URLSearchParams): Promise<Reply> {
  const { progress, clock } = machine;
  const isPreviewWanted = query.get('skip_current_image') !== 'true';
  renewPreview(machine);
  return json({
    id: progress.taskId ?? '',
    progress: share(machine),
    eta_relative: progress.etaSeconds(clock.now()),
    state: { ...progress.toJson(), sampling_step: stepOf(machine) },
    current_image: isPreviewWanted ? await encodePreview(machine) : null,
    textinfo: null,
  });
}

/** GET /sdapi/v1/status, whose words tell what the numbers do not. */
export function sdnextStatus(machine: Machine): Record<string, unknown> {
  const { progress, clock, pending } = machine;
  return {
    status: progress.job === '' ? 'idle' : progress.isInterrupted ? 'interrupted' : 'running',
    task: progress.job,
    current: progress.job,
    id: progress.taskId ?? '',
    job: progress.jobNumber,
    jobs: progress.jobCount,
    total: progress.jobCount,
    step: stepOf(machine),
    steps: progress.stepCount,
    queued: pending.size,
    uptime: Math.round(clock.steady() / 1000),
    elapsed: null,
    eta: progress.etaSeconds(clock.now()),
    progress: share(machine),
    timestamp: progress.jobTimestamp,
  };
}

function stepOf({ progress }: Machine): number {
  return progress.jobCount === 0 ? progress.lastStep : progress.step;
}

function share(machine: Machine): number {
  const { jobCount, jobNumber, stepCount } = machine.progress;
  const step = stepOf(machine);
  if (jobCount === 0 && step === 0) return 0;
  const count = Math.max(1, jobCount);
  const done = jobNumber / count + (stepCount > 0 ? step / (stepCount * count) : 0);
  return Math.round(Math.min(1, done) * 100) / 100;
}
