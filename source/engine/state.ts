import type { Failure, FailureKind } from '../generation/failure.ts';
import type { PlanPosition } from '../plan/next-generation.ts';
import type { Plan } from '../plan/plan.ts';
import type { Adaptation } from './adaptation.ts';
import type { Saving } from './effect.ts';
import { emptyLane, type Lane, type LaneId } from './lane.ts';
import type { LearntWire } from './learnt-wire.ts';
import { type LoopPolicy, usualPolicy } from './loop-policy.ts';
import { emptyPace, type Pace } from './pace.ts';

/** What the person wants; pausing and stopping are intentions that what is in flight may outlast. */
export type Intention = 'run' | 'pause' | 'stop';

/** Nothing is under way and nothing will be until a person says so. */
export type Rest = { readonly kind: 'paused' | 'stopped' | 'needs-you'; readonly since: number };

/** Less is free on the disk with the images than is to be left, bytes; `nextLookAt` is when it is looked at again, ms since epoch. */
export type LowSpace = {
  readonly freeBytes: number;
  readonly floorBytes: number;
  readonly nextLookAt: number;
};

export type LoopState = {
  readonly intention: Intention;
  /** Null until the first start. */
  readonly plan: Plan | null;
  readonly position: PlanPosition | null;
  readonly lanes: readonly Lane[];
  readonly saving: Saving;
  /** Whether the loop may turn to saving by the client when the server's files cannot be found. */
  readonly maySwitchSaving: boolean;
  /** A failure that only a person can mend. */
  readonly trouble: Failure | null;
  /** Set while nothing is sent because of it. */
  readonly lowSpace: LowSpace | null;
  /** Generations in a row that were given up. */
  readonly givenUpCount: number;
  /** The failure after which others are made in place of a generation's images; null once images have landed or a second one counted. */
  readonly replacedFor: FailureKind | null;
  /** Set once a stop or a goal has let everything finish. */
  readonly ended: 'asked' | 'goal-reached' | null;
  readonly pace: Pace;
  /** What was found to be too much for the memory; the most recently learnt last. */
  readonly adaptations: readonly Adaptation[];
  /** What was learnt of a proxy before the WebUI; null while none has cut a request. */
  readonly wire: LearntWire | null;
  /** As a person decided. */
  readonly policy: LoopPolicy;
  readonly nextNumber: number;
  /** What a stop that is taken back goes back to. */
  readonly intentionBeforeStop: 'run' | 'pause';
  /** Since when a stop does not wait for what is in flight; null while it does, or while there is none. */
  readonly stoppingNowSince: number | null;
  /** What the loop rests for, and since when; null while it does not rest. */
  readonly rest: Rest | null;
  /** What `activity-changed` last said. */
  readonly isActive: boolean;
  /** Whether the runner knows a way to restart the WebUI. */
  readonly canRestart: boolean;
  /** How long a WebUI that answered before may be away until it is restarted, ms. */
  readonly restartGraceMs: number;
  /** How long a WebUI may make no step until it counts as hung, in shares of the usual times. */
  readonly hangPatience: number;
};

/** A loop with one lane for each WebUI, none of them opened yet. */
export function initialState(options: {
  readonly at: number;
  readonly lanes: readonly LaneId[];
  readonly saving: Saving;
  readonly maySwitchSaving: boolean;
  /** False when not given. */
  readonly canRestart?: boolean;
  /** 30 s when not given. */
  readonly restartGraceMs?: number;
  /** 1 when not given. */
  readonly hangPatience?: number;
  readonly policy?: LoopPolicy;
}): LoopState {
  return {
    intention: 'run',
    plan: null,
    position: null,
    lanes: options.lanes.map((id) => emptyLane(id, options.at)),
    saving: options.saving,
    maySwitchSaving: options.maySwitchSaving,
    trouble: null,
    lowSpace: null,
    givenUpCount: 0,
    replacedFor: null,
    ended: null,
    pace: emptyPace(),
    adaptations: [],
    wire: null,
    policy: options.policy ?? usualPolicy,
    nextNumber: 1,
    intentionBeforeStop: 'run',
    stoppingNowSince: null,
    rest: null,
    isActive: false,
    canRestart: options.canRestart ?? false,
    restartGraceMs: options.restartGraceMs ?? 30_000,
    hangPatience: options.hangPatience ?? 1,
  };
}
