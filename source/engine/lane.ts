import type { Failure } from '../generation/failure.ts';
import type { Generation } from '../generation/generation.ts';
import type { Progress, WebUi } from '../generation/webui.ts';
import { type FailureCounts, noFailures } from './failure-counts.ts';
import type { RestartWay } from './restart-way.ts';
import type { Stillness } from './stillness.ts';

/** Names one WebUI and what is in flight on it. */
export type LaneId = number;

/** Whether the lane's WebUI answers. `number` is the effect that is waited for. */
export type Link =
  | { readonly kind: 'closed' }
  | { readonly kind: 'probing'; readonly number: number }
  | {
      readonly kind: 'waiting';
      readonly number: number;
      readonly since: number;
      readonly until: number;
      readonly failure: Failure;
    }
  /** The WebUI is being restarted, since then and for this reason. */
  | {
      readonly kind: 'restarting';
      readonly number: number;
      readonly since: number;
      readonly reason: Failure;
      readonly way: RestartWay;
    }
  | { readonly kind: 'connected' };

/** A generation on its way through attempts, with what its earlier attempts left behind. */
export type Work = {
  /** As planned and announced. */
  readonly planned: Generation;
  /** What is sent: the planned one, or the rest of it where some images had landed before an answer was lost. */
  readonly request: Generation;
  /** From 1. */
  readonly attempt: number;
  /** Of the first attempt that may have reached the WebUI; null before. */
  readonly firstSentAt: number | null;
  /** Images that landed in earlier attempts. */
  readonly landedCount: number;
  /** Seeds that are sent for once the images of the request have landed: it had no room for them. */
  readonly laterSeeds: readonly number[];
  /** What the requests took whose images have landed, ms. */
  readonly spentMs: number;
  readonly spentIdleMs: number;
  /** How often the connection was dropped because the WebUI hung over it. */
  readonly hangCount: number;
  /** Whether its loop was ended: what is there of it is told, and no more of it made. */
  readonly isOver: boolean;
};

/** What a poll of progress said, and when. */
export type Reading = { readonly at: number; readonly progress: Progress };

/** A person gave up the running batch or all of it; images of these seeds are still wanted. */
export type Abandonment = { readonly wantedSeeds: readonly number[] };

/** A request that was sent and is not answered. */
export type InFlight = {
  /** Of its generate effect. */
  readonly number: number;
  readonly work: Work;
  readonly sentAt: number;
  /** When work on it is thought to have begun; null while it waits behind another. */
  readonly startedAt: number | null;
  /** Estimated wait of the GPU before it, ms. */
  readonly gpuIdleMs: number;
  /** The first poll that showed a step done, and the latest poll. */
  readonly firstStep: Reading | null;
  /** The latest poll that showed a model load or a prompt encode; null when none did. */
  readonly preparingAt: number | null;
  readonly latest: Reading | null;
  readonly abandonment: Abandonment | null;
  /** The jobs that polls told of since it was the first in flight, by their timestamps: its own, and those of others before it. */
  readonly seenJobs: readonly string[];
  /** Null until it was looked at for the first time. */
  readonly stillness: Stillness | null;
  /** When it was interrupted because it hung: whatever is answered then, it must be made again. */
  readonly hangInterruptedAt: number | null;
};

/** A generation that is to be sent (again) before anything new is planned. */
export type Pending = {
  readonly work: Work;
  /** Whether its images must be looked for before it may be sent again. */
  readonly mustReconcile: boolean;
  /** Set where a stop does not wait until they can be looked for: then the next runner does. */
  readonly isLeft?: true;
};

/** An answered generation whose images are being found or written. */
export type Collecting = {
  /** Of its collect effect, or of the wait before the next try. */
  readonly number: number;
  /** Set while it waits to be tried again; `until` is null where a person must act first. */
  readonly waiting: { readonly until: number | null; readonly failure: Failure } | null;
  /** Of the generate effect whose images are held. */
  readonly answerNumber: number;
  readonly work: Work;
  readonly sentAt: number;
  readonly durationMs: number;
  readonly gpuIdleMs: number;
  /** Jobs of others that ran while it waited, as far as they were seen; null where it cannot be told. */
  readonly othersCount: number | null;
  readonly abandonment: Abandonment | null;
  readonly failureCount: number;
};

/** A generation whose answer was lost and whose images are being looked for. */
export type Reconciling = { readonly number: number; readonly work: Work };

export type Lane = {
  readonly id: LaneId;
  readonly link: Link;
  /** What last answered here, kept while it is away. */
  readonly webUi: WebUi | null;
  /** Whether the WebUI has not answered since the last trouble of the connection. */
  readonly isAway: boolean;
  readonly awaySince: number;
  /** Of probes, since one succeeded. */
  readonly linkFailures: FailureCounts;
  /** Of requests, since one succeeded. */
  readonly failures: FailureCounts;
  /** Oldest first: the first one runs, a second one waits behind it. */
  readonly inFlight: readonly InFlight[];
  readonly pending: readonly Pending[];
  readonly reconciling: Reconciling | null;
  readonly collecting: readonly Collecting[];
  /** When the last generation ended, if the GPU has been wanted ever since; null otherwise. */
  readonly endedAt: number | null;
  /** The wait that will look again whether the second request is due. */
  readonly alarm: { readonly number: number; readonly at: number } | null;
  /** The wait before the next interrupt of a stop that cannot wait; null when there is none. */
  readonly interruptAlarm: number | null;
  /** The wait before the next look whether the WebUI hangs; null when there is none. */
  readonly watchAlarm: number | null;
  /** Whether the WebUI is to free its memory before anything is sent, or does so; `number` is the effect that is waited for. */
  readonly freeing: 'wanted' | { readonly number: number } | null;
  /** The job of the last generation that was answered: it may be told of for a moment longer; null before the first one. */
  readonly lastJob: string | null;
  /** Whether the lane had no trouble since a generation last succeeded: only then is a second one sent behind the first. */
  readonly isProven: boolean;
  /** Restarts since a generation last succeeded. */
  readonly restartCount: number;
  /** When the last restart ended; null before the first one. */
  readonly restartedAt: number | null;
  /** How the WebUI that the runner had started has ended, which nothing is to be waited for; null while it may live, and for any other. */
  readonly ended: Failure | null;
  /** Whether it was asked to restart itself and did not. */
  readonly hasRefusedRestart: boolean;
  /** Why the WebUI is to be restarted once nothing is in flight; null where it is not. */
  readonly restartWanted: Failure | null;
  /** When a restart that was wanted last began; null before the first one. */
  readonly wantedRestartAt: number | null;
};

export function emptyLane(id: LaneId, at: number): Lane {
  return {
    id,
    link: { kind: 'closed' },
    webUi: null,
    isAway: true,
    awaySince: at,
    linkFailures: noFailures,
    failures: noFailures,
    inFlight: [],
    pending: [],
    reconciling: null,
    collecting: [],
    endedAt: null,
    alarm: null,
    interruptAlarm: null,
    watchAlarm: null,
    freeing: null,
    lastJob: null,
    isProven: true,
    restartCount: 0,
    restartedAt: null,
    ended: null,
    hasRefusedRestart: false,
    restartWanted: null,
    wantedRestartAt: null,
  };
}

/** A WebUI must not be left without its checkpoint. */
function isFreeing({ freeing }: Lane): boolean {
  return freeing !== null && freeing !== 'wanted';
}

/** Whether the lane has work under way that pausing and stopping wait for. */
export function isBusy(lane: Lane): boolean {
  return (
    lane.inFlight.length > 0 || lane.collecting.length > 0 || lane.reconciling !== null || isFreeing(lane)
  );
}
