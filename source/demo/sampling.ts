import type { Chance } from './chance.ts';
import type { Misfortune } from './fault-schedule.ts';
import { type Job, outOfMemory } from './job.ts';
import { endPass } from './live-preview.ts';
import type { Machine } from './machine.ts';
import { PythonError } from './reply.ts';

function isStillAt(kind: 'hang' | 'stall', step: number, stepCount: number, misfortune: Misfortune): boolean {
  return misfortune.has(kind) && step === Math.min(misfortune.valueOf(kind) ?? stepCount, stepCount - 1);
}

/** How long one step of the job takes, ms. */
export function stepDurationOf(
  job: Pick<Job, 'steps' | 'batchSize' | 'batchCount' | 'hires'>,
  { pace, chance }: Pick<Machine, 'pace' | 'chance'>,
  misfortune: Pick<Misfortune, 'valueOf'>,
): number {
  const { durationMs, imageMs } = pace;
  const slowness = misfortune.valueOf('slow') ?? 1;
  const stepCount = job.steps + (job.hires?.steps ?? 0);
  if (imageMs !== null) return (oneOf(imageMs, chance) * slowness * job.batchSize) / stepCount;
  if (durationMs === null) return pace.stepMs * slowness;
  return (oneOf(durationMs, chance) * slowness) / (job.batchCount * stepCount);
}

/** A duration, or one between two bounds. */
function oneOf(ms: number | readonly [number, number], chance: Chance): number {
  const [shortest, longest] = typeof ms === 'number' ? [ms, ms] : ms;
  return shortest + (longest - shortest) * chance();
}

/**
 * Samples one batch, step by step against the clock, so that steps do not add up to more than they are. Ends early when it
 * is interrupted or skipped, at the end of the running step; returns how much of it was done, 0 to 1.
 */
export async function sampleBatch(
  job: Job,
  stepMs: number,
  machine: Machine,
  misfortune: Misfortune,
): Promise<number> {
  const { progress, clock, memory } = machine;
  const passes = [job.steps, ...(job.hires ? [job.hires.steps] : [])];
  let deadline = clock.steady();
  for (const [pass, stepCount] of passes.entries()) {
    if (pass > 0) endPass(machine);
    progress.stepCount = stepCount;
    progress.step = 0;
    for (let step = 0; step < stepCount; step += 1) {
      deadline += stepMs;
      await clock.sleepUntil(deadline);
      progress.step = step;
      if (step === Math.floor(stepCount / 2)) {
        if (misfortune.has('out-of-memory') && job.batchSize > (misfortune.valueOf('out-of-memory') ?? 0)) {
          memory.outOfMemoryCount += 1;
          throw outOfMemory();
        }
        if (misfortune.has('500')) throw new PythonError('RuntimeError', 'the demo was asked to fail here');
      }
      if (isStillAt('hang', step, stepCount, misfortune)) {
        await clock.until(misfortune.cleared);
        deadline = clock.steady();
      }
      if (isStillAt('stall', step, stepCount, misfortune)) {
        await clock.until(Promise.race([misfortune.cleared, progress.whenEndAsked()]));
        deadline = clock.steady();
      }
      if (progress.isInterrupted || progress.isSkipped) {
        return (pass + (step + 1) / stepCount) / passes.length;
      }
    }
  }
  if (misfortune.has('nan')) {
    throw new PythonError(
      'NansException',
      'A tensor with NaNs was produced in Unet. This could be either because there is not enough precision to represent the picture, or because your video card does not support half type. Use --disable-nan-check commandline argument to disable this check.',
    );
  }
  return 1;
}
