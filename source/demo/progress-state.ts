import { jobTimestampOf } from './local-time.ts';

/** The state that `/sdapi/v1/progress` tells: one for the whole WebUI, whoever's generation is running (webui-api.md 5). */
export class ProgressState {
  job = '';
  jobCount = 0;
  jobNumber = 0;
  /** Index of the last finished step, from 0. */
  step = 0;
  stepCount = 0;
  /** Where the counter stood when the last batch or pass ended. */
  lastStep = 0;
  jobTimestamp = '0';
  taskId: string | null = null;
  isInterrupted = false;
  isSkipped = false;
  /** The finished pictures that previews of the running batch are made from; null until they are drawn. */
  pictures: readonly Buffer[] | null = null;
  /** The newest preview, and the step of the running batch or pass that it was made at; 0 before. It stays until another comes. */
  preview: { readonly pictures: readonly Buffer[]; readonly doneShare: number } | null = null;
  previewStep = 0;
  #startedAt = 0;
  #endAsked = Promise.withResolvers<void>();

  /** `sampling_steps` keeps the previous generation's value until sampling is set up (captures/forge/122). */
  begin(taskId: string, job: string, now: number): void {
    this.job = job;
    this.taskId = taskId;
    this.jobCount = -1;
    this.jobNumber = 0;
    this.step = 0;
    this.jobTimestamp = jobTimestampOf(now);
    this.isInterrupted = false;
    this.isSkipped = false;
    this.pictures = null;
    this.preview = null;
    this.previewStep = 0;
    this.#startedAt = now;
    this.#endAsked = Promise.withResolvers();
  }

  interrupt(): void {
    this.isInterrupted = true;
    this.#endAsked.resolve();
  }

  skip(): void {
    this.isSkipped = true;
    this.#endAsked.resolve();
  }

  /** Resolves once the running generation is interrupted or its batch skipped. */
  whenEndAsked(): Promise<void> {
    return this.#endAsked.promise;
  }

  /** A batch or pass is decoded. */
  nextJob(): void {
    this.jobNumber += 1;
    this.lastStep = this.step;
    this.step = 0;
    this.previewStep = 0;
  }

  /** Flags and counters stay readable until the next generation begins. */
  end(): void {
    this.job = '';
    this.jobCount = 0;
    this.taskId = null;
    this.pictures = null;
    this.preview = null;
  }

  /** From 0 to 1, with A1111's offset of 0.01. */
  progress(): number {
    if (this.jobCount === 0) return 0;
    const passes = this.jobCount > 0 ? this.jobNumber / this.jobCount : 0;
    const steps = this.stepCount > 0 ? this.step / (this.stepCount * this.jobCount) : 0;
    return Math.min(0.01 + passes + steps, 1);
  }

  /** Seconds: elapsed time over progress, absurdly large at the start (webui-api.md 5.2). */
  etaSeconds(now: number): number {
    if (this.jobCount === 0) return 0;
    const elapsed = Math.max(0, now - this.#startedAt) / 1000;
    return elapsed / this.progress() - elapsed;
  }

  /** The `state` part of the answer. */
  toJson(): Record<string, unknown> {
    return {
      skipped: this.isSkipped,
      interrupted: this.isInterrupted,
      stopping_generation: false,
      job: this.job,
      job_count: this.jobCount,
      job_timestamp: this.jobTimestamp,
      job_no: this.jobNumber,
      sampling_step: this.step,
      sampling_steps: this.stepCount,
    };
  }
}
