import type { Failure, FailureKind } from '../generation/failure.ts';
import type { Generation } from '../generation/generation.ts';
import type { MemoryUse, WebUi } from '../generation/webui.ts';
import type { Plan } from '../plan/plan.ts';
import type { PaceChange } from '../stats/drift.ts';
import type { MemoryGrowth } from '../stats/memory-growth.ts';
import type { NotMade } from '../stats/not-made.ts';
import type { Throughput } from '../stats/throughput.ts';
import type { PlanAdaptation } from './plan-adaptation.ts';

/** What the loop is doing, with exactly the data that exists in it. */
export type LoopStatus =
  /** No WebUI has answered yet. */
  | { readonly kind: 'connecting'; readonly since: number; readonly attemptCount: number }
  /** Connected, nothing planned yet. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'generating' }
  /** A pause was asked for; what is in flight finishes. */
  | { readonly kind: 'pausing' }
  | { readonly kind: 'paused'; readonly since: number }
  /** Waiting to try again by itself: the WebUI is away, starting, busy or failing. */
  | {
      readonly kind: 'retrying';
      readonly nextAttemptAt: number;
      readonly attemptCount: number;
      readonly failure: Failure;
    }
  /** The WebUI is being restarted, for this reason. */
  | { readonly kind: 'restarting'; readonly since: number; readonly reason: Failure }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'stopped'; readonly reason: 'asked' | 'goal-reached' }
  /** A failure that only a person can mend; `resume` or a changed plan goes on. */
  | { readonly kind: 'needs-you'; readonly failure: Failure };

/** The generation on the GPU now, as well as polls and estimates know it. */
export type RunningGeneration = {
  readonly generation: Generation;
  readonly startedAt: number;
  /** 0 to 1 over the whole generation. */
  readonly fraction: number;
  readonly step: number;
  readonly stepCount: number;
  /** 1-based; `batchCount` of them. */
  readonly batchNumber: number;
  readonly batchCount: number;
  /** True where the WebUI tells no progress and the figures come from earlier generations. */
  readonly isEstimated: boolean;
  /** Null until it can be estimated. */
  readonly remainingMs: number | null;
  /** Set while a model load or prompt encode precedes sampling. */
  readonly isPreparing: boolean;
  /** Sampling steps a second (per batch); null until known. */
  readonly stepsPerSecond: number | null;
};

export type FileOrigin =
  /** Made by this run: generation and seed are known. */
  | 'ours'
  /** A grid sheet that the WebUI made. */
  | 'grid'
  /** Put there by someone else. */
  | 'foreign';

export type FileRow = {
  /** Stable for the life of the runner. */
  readonly id: number;
  /** Relative to the shown directory; uncleaned. */
  readonly name: string;
  readonly savedAt: number;
  readonly origin: FileOrigin;
  readonly seed: number | null;
  readonly generationId: number | null;
  /** Pixels; null until the file's header was read or when it is not an image that we know. */
  readonly width: number | null;
  readonly height: number | null;
  readonly byteCount: number | null;
  /** The generation's wall time divided by its images; null for files that are not ours. */
  readonly durationMs: number | null;
};

/** A window on the newest-first list of files; the list itself may hold hundreds of thousands. */
export type FilesView = {
  /** Absolute; null until it is known where images go. */
  readonly directory: string | null;
  readonly status:
    | { readonly kind: 'unknown-directory' }
    /** The directory does not exist yet: it will come with the first image. */
    | { readonly kind: 'waiting-for-directory' }
    | { readonly kind: 'reading'; readonly readCount: number; readonly since: number }
    | { readonly kind: 'watching' }
    /** Events do not come (network file systems): read again every `everyMs`. */
    | { readonly kind: 'polling'; readonly everyMs: number }
    | { readonly kind: 'unreadable'; readonly reason: string };
  readonly totalCount: number;
  readonly totalByteCount: number;
  /** Files that match the filter. */
  readonly matchCount: number;
  readonly filter: string;
  /** Of the first row among the matches. While it is not 0 the runner moves it as files arrive, so that rows stay in place. */
  readonly firstIndex: number;
  readonly rows: readonly FileRow[];
};

/** Which part of the file list a screen wants to see. */
export type FilesRequest = {
  readonly firstIndex: number;
  readonly count: number;
  /** Case-insensitive text that the name, seed or `#generation` must contain; empty for all. */
  readonly filter: string;
};

export type Message = {
  /** Counts up; the newest message has the highest. */
  readonly id: number;
  readonly at: number;
  readonly tone: 'info' | 'good' | 'warning' | 'bad';
  readonly text: string;
};

/** What the loop did while no screen was looking. */
export type Absence = NotMade & {
  /** When the last screen left, and when this one came, ms since epoch. */
  readonly since: number;
  readonly until: number;
  readonly imageCount: number;
  /** Each kind of trouble that was met, the most frequent first. */
  readonly failures: readonly { readonly kind: FailureKind; readonly count: number }[];
  /** The whole hour with the fewest images; null while there was none. */
  readonly slowestHour: { readonly startAt: number; readonly imageCount: number } | null;
};

/** Everything that a screen can know, bounded in size whatever the run made. */
export type Snapshot = {
  readonly at: number;
  readonly runStartedAt: number;
  readonly url: string;
  /** Null until a WebUI has answered once; then the last answer, even while it is away. */
  readonly webUi: WebUi | null;
  readonly status: LoopStatus;
  readonly plan: Plan | null;
  /** What of the plan is made smaller for now; null where all is made as asked. */
  readonly adaptation: PlanAdaptation | null;
  readonly running: RunningGeneration | null;
  /** Sent already, waiting behind the running one. */
  readonly queued: Generation | null;
  /** Where images are written, and who writes them; null until decided. */
  readonly saving: { readonly by: 'server' | 'client'; readonly directory: string } | null;
  readonly throughput: Throughput;
  /** On the disk with the images; null where that is not on this machine or not known. */
  readonly space: {
    readonly freeBytes: number;
    /** Below it the loop waits; 0 for no floor. */
    readonly floorBytes: number;
    /** Until the floor is reached at this pace, ms; null while it cannot be told. */
    readonly fullInMs: number | null;
  } | null;
  /** While the loop is slower by a fifth or more than it was at first; null otherwise. */
  readonly slowdown: PaceChange | null;
  readonly memory: MemoryUse | null;
  /** Which of its memories fill up, image by image. */
  readonly memoryGrowth: MemoryGrowth;
  /** Whether this run talks to the built-in WebUI, whose pictures are drawn and not diffused. */
  readonly isDemo: boolean;
  readonly files: FilesView;
  /** The newest few, oldest first. */
  readonly messages: readonly Message[];
  /** Null for a screen that was not preceded by a time without one. */
  readonly absence: Absence | null;
  /** What keeps the ledger from being written, as a sentence; null while it is written. */
  readonly ledgerTrouble: string | null;
};
