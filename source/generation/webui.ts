import type { Checkpoint } from './checkpoint.ts';
import type { Family } from './family.ts';
import type { GenerationLimits } from './generation-limits.ts';

/** What a connected WebUI is and can do. Nothing may assume that an optional ability is there. */
export type WebUi = {
  readonly url: string;
  readonly family: Family;
  /** As the server says it, or null where it does not before the first answer. */
  readonly version: string | null;
  readonly checkpoints: readonly Checkpoint[];
  /** The title or name that the options hold; selected, not necessarily loaded. */
  readonly selectedCheckpoint: string | null;
  readonly samplers: readonly string[];
  /** Labels; empty where the family has none (before A1111 1.9). */
  readonly schedulers: readonly string[];
  readonly hasProgress: boolean;
  readonly livePreviews: LivePreviews;
  readonly hasInterrupt: boolean;
  readonly hasSkip: boolean;
  readonly hasMemory: boolean;
  readonly hasFaceRestoration: boolean;
  /** Whether it can vary a seed by a second one. */
  readonly hasVariations: boolean;
  /** Whether it can make a second, larger pass. */
  readonly hasHires: boolean;
  /** Whether the server may be asked to write the images itself. */
  readonly canSave: boolean;
  /** Whether it can let go of its memory and take the checkpoint in again. */
  readonly canFreeMemory: boolean;
  /** Whether it may be asked to restart itself; one that was not started by its script declines then. */
  readonly canRestartItself: boolean;
  /** Where txt2img images go on the server, absolute when it could be worked out; null when unknown. */
  readonly outputDirectory: string | null;
  /** Requests that may be outstanding at once: 2 where a FIFO lock serialises them, else 1. */
  readonly maxInFlight: 1 | 2;
  readonly limits: GenerationLimits;
  /** Whether the server's files can be found again: straight in its directory or in folders named by date, as PNG, JPEG or WebP. */
  readonly isOutputFollowable: boolean;
};

/** Whether the WebUI shows pictures while they are sampled, and how often such a preview can be another. */
export type LivePreviews =
  /** It has none, or none that can be read. */
  | { readonly kind: 'none' }
  /** Switched off in its settings. */
  | { readonly kind: 'off' }
  | {
      readonly kind: 'on';
      /** Sampling steps from one to the next; null where there is one at the end of each batch only. */
      readonly everyStepCount: number | null;
      /** How often the WebUI's own page would ask, ms. */
      readonly everyMs: number;
    };

/** What a poll of the running generation says. */
export type Progress = {
  /** False when the WebUI says that nothing runs. */
  readonly isRunning: boolean;
  /** Sampling steps done in the current batch or pass, of `stepCount`. */
  readonly step: number;
  readonly stepCount: number;
  /** Finished passes and passes in all; null until sampling is set up (`job_count` -1: model load, prompt encode). */
  readonly passNumber: number;
  readonly passCount: number | null;
  /** Joins polls to answers (webui-api.md 5.2); empty when the family has none. */
  readonly jobTimestamp: string;
  readonly isInterrupted: boolean;
};

/** Bytes of memory in use and in all; null where not told. */
export type MemoryUse = {
  readonly ramUsed: number | null;
  readonly ramTotal: number | null;
  readonly vramUsed: number | null;
  readonly vramTotal: number | null;
};
