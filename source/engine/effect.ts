import type { Failure } from '../generation/failure.ts';
import type { Generation } from '../generation/generation.ts';
import type { LaneId } from './lane.ts';
import type { Notice } from './notice.ts';
import type { RestartWay } from './restart-way.ts';

/** Who writes image files. */
export type Saving = 'server' | 'client';

/** What the runner is to do. Numbered effects are answered by an event with the same number. */
export type Effect =
  | { readonly type: 'probe'; readonly number: number; readonly lane: LaneId }
  /** Sends the request and polls progress while it is outstanding. */
  | {
      readonly type: 'generate';
      readonly number: number;
      readonly lane: LaneId;
      readonly generation: Generation;
      readonly saving: Saving;
    }
  /** Ends the wait for the answer of a generate effect, whose number this is; the WebUI may work on. */
  | { readonly type: 'drop'; readonly number: number }
  /** Moves the lane's next poll of progress to this time (ms since epoch). */
  | { readonly type: 'time-poll'; readonly lane: LaneId; readonly pollAt: number }
  /** Finds or writes the images of an answered generation. */
  | {
      readonly type: 'collect';
      readonly number: number;
      readonly lane: LaneId;
      readonly answerNumber: number;
      readonly generation: Generation;
      readonly wantedSeeds: readonly number[];
      readonly sentAt: number;
      readonly saving: Saving;
      readonly durationMs: number;
    }
  /** The images of this answer are no longer needed. */
  | { readonly type: 'release'; readonly answerNumber: number }
  /** Looks for images of a generation whose answer was lost, once the WebUI has stopped working on it. */
  | {
      readonly type: 'reconcile';
      readonly number: number;
      readonly lane: LaneId;
      readonly generation: Generation;
      readonly sentAt: number;
      /** As long as the longest recent generation of its kind took; null where none is known. */
      readonly expectedMs: number | null;
      /** Whether its connection was let go of because the WebUI hung over it. */
      readonly hasHung: boolean;
      readonly saving: Saving;
    }
  /** Restarts the WebUI and waits until it answers. */
  | {
      readonly type: 'restart';
      readonly number: number;
      readonly lane: LaneId;
      readonly reason: Failure;
      readonly way: RestartWay;
    }
  /** Has the WebUI let go of its memory, unless it works for somebody. */
  | { readonly type: 'free-memory'; readonly number: number; readonly lane: LaneId }
  | { readonly type: 'interrupt'; readonly lane: LaneId }
  | { readonly type: 'skip'; readonly lane: LaneId }
  | { readonly type: 'refresh'; readonly lane: LaneId }
  | { readonly type: 'wait'; readonly number: number; readonly ms: number }
  | { readonly type: 'announce'; readonly notice: Notice };
