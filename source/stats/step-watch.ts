import type { Notice } from '../engine/notice.ts';

/** What polls saw of the sampling of one generation. */
export type StepWatch = {
  readonly generationId: number;
  readonly passNumber: number;
  /** The first and the newest poll of the current pass that saw a new step. */
  readonly first: { readonly step: number; readonly at: number };
  readonly last: { readonly step: number; readonly at: number };
  /** Of the passes before. */
  readonly stepCount: number;
  readonly durationMs: number;
};

/** Takes one more poll into account. */
export function watchSteps(
  watch: StepWatch | null,
  { at, generation, progress }: Extract<Notice, { type: 'progress' }>,
): StepWatch | null {
  const { step, stepCount, passNumber } = progress;
  // Loading precedes the first step, decoding follows the last one, and the counter stands still meanwhile (webui-api.md 5.2).
  const isSampling = progress.isRunning && progress.passCount !== null && step > 0 && step < stepCount - 1;
  if (!isSampling) return watch;
  const seen = { step, at };
  if (watch?.generationId !== generation.id)
    return { generationId: generation.id, passNumber, first: seen, last: seen, stepCount: 0, durationMs: 0 };
  const isNewPass = passNumber !== watch.passNumber || step < watch.last.step || at < watch.last.at;
  if (isNewPass) return { ...watch, passNumber, first: seen, last: seen, ...watchedSampling(watch) };
  return step === watch.last.step ? watch : { ...watch, last: seen };
}

/** The sampling steps seen and the time that they took. */
export function watchedSampling({ first, last, stepCount, durationMs }: StepWatch): {
  stepCount: number;
  durationMs: number;
} {
  return {
    stepCount: stepCount + last.step - first.step,
    durationMs: durationMs + last.at - first.at,
  };
}
