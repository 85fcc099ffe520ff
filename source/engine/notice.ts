import type { Failure } from '../generation/failure.ts';
import type { Family } from '../generation/family.ts';
import type { Generation } from '../generation/generation.ts';
import type { GeneratedImage } from '../generation/image.ts';
import type { Progress, WebUi } from '../generation/webui.ts';
import type { Adjustment } from './adjustment.ts';
import type { Measure } from './measure.ts';
import type { RestartWay } from './restart-way.ts';

/** What a generation came to; a pause or stop never ends one early. */
export type GenerationOutcome =
  | 'finished'
  /** Skipped or interrupted by a person: its images are not kept. */
  | 'abandoned'
  /** A failure that trying again does not mend. */
  | 'given-up';

/**
 * What happened in the loop, in order, as plain output, messages and statistics read it. `at` is ms since epoch.
 * `generation-started` and `generation-finished` come exactly once a generation, retries included.
 */
export type Notice = { readonly at: number } & (
  | {
      readonly type: 'connected';
      readonly webUi: WebUi;
      readonly isReconnect: boolean;
      /** Set where another family answers than before. */
      readonly familyBefore?: Family;
    }
  | { readonly type: 'generation-started'; readonly generation: Generation }
  | { readonly type: 'progress'; readonly generation: Generation; readonly progress: Progress }
  /** An image of ours is complete on disk. */
  | {
      readonly type: 'image';
      readonly image: GeneratedImage;
      readonly generation: Generation;
      /** The title or name that the WebUI's answer confirmed. */
      readonly checkpoint: string;
      /** The generation's wall time divided by its images. */
      readonly durationMs: number;
    }
  | {
      readonly type: 'generation-finished';
      readonly generation: Generation;
      readonly outcome: GenerationOutcome;
      /** Images that landed. */
      readonly imageCount: number;
      /** From the start of work on it (not from sending it behind another) to its answer. */
      readonly durationMs: number;
      /** How long the GPU waited for it since the one before ended, while the loop wanted it to work. */
      readonly gpuIdleMs: number;
      /** Jobs of others that ran while it waited, of those that polls have told of; absent where it cannot be told. */
      readonly othersCount?: number;
    }
  | {
      readonly type: 'failure';
      readonly failure: Failure;
      /** Null when no generation was concerned (connecting). */
      readonly generation: Generation | null;
      readonly willRetry: boolean;
      /** Null unless it will be tried again. */
      readonly retryDelayMs: number | null;
      /** What is done about it before that; absent where waiting is all. */
      readonly measure?: Measure;
    }
  /** The WebUI is being restarted; `connected` follows once it answers. */
  | { readonly type: 'restarting'; readonly reason: Failure; readonly way: RestartWay }
  | { readonly type: 'adjusted'; readonly adjustment: Adjustment }
  /** The loop wants to generate from here on (`true`), or rests: paused, stopped, needs you, waiting for a WebUI. */
  | { readonly type: 'activity-changed'; readonly isActive: boolean }
  /** There is room on the disk again for which the loop had waited. */
  | { readonly type: 'space-regained'; readonly freeBytes: number }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | {
      readonly type: 'stopped';
      readonly reason: 'asked' | 'goal-reached' | 'needs-you';
      /** Generations whose images could not be looked for, which the next runner does; absent where there are none. */
      readonly leftCount?: number;
    }
);
