import type { Failure, Result } from '../generation/failure.ts';
import type { GeneratedImage } from '../generation/image.ts';
import type { Progress, WebUi } from '../generation/webui.ts';
import type { Command } from './command.ts';
import type { Saving } from './effect.ts';
import type { LaneId } from './lane.ts';
import type { CutOffLoop } from './restore.ts';

/** What an answer tells besides its images, which stay with the runner. */
export type AnswerSummary = {
  readonly checkpointName: string | null;
  readonly checkpointHash: string | null;
  /** Which of the jobs that polls told of it was; null or absent where it is not told. */
  readonly jobTimestamp?: string | null;
};

/** What became of the images of an answered generation. */
export type Collected = {
  /** Found or written; fewer than wanted when some could not be found. */
  readonly images: readonly GeneratedImage[];
  /** Seeds whose image is there but entirely black: no image of ours. */
  readonly blackSeeds: readonly number[];
};

/** What a generation left whose answer was lost. */
export type Reconciled = Collected & {
  /** Why it is not known whether the WebUI still works on it; null once it does not. */
  readonly unanswered: Failure | null;
};

/**
 * Everything that reaches the loop, with the time (ms since epoch) and a uniform 32-bit number for the choices that it
 * may lead to. `number` names the effect that is answered; answers to effects that are no longer waited for are ignored.
 */
export type Event = { readonly at: number; readonly chance: number } & (
  | { readonly type: 'command-given'; readonly command: Command }
  /** A lane's WebUI was named (anew); whether the runner can restart that one stays as it was when not given. */
  | { readonly type: 'lane-opened'; readonly lane: LaneId; readonly canRestart?: boolean }
  | {
      readonly type: 'probed';
      readonly number: number;
      readonly result: Result<WebUi>;
      /** Who is to save from now on, as found on this machine; null leaves it as it is. */
      readonly saving: Saving | null;
    }
  | {
      readonly type: 'progressed';
      readonly lane: LaneId;
      readonly progress: Progress;
      readonly roundTripMs: number;
    }
  | { readonly type: 'answered'; readonly number: number; readonly result: Result<AnswerSummary> }
  | {
      readonly type: 'collected';
      readonly number: number;
      readonly result: Result<Collected>;
    }
  | ({ readonly type: 'reconciled'; readonly number: number } & Reconciled)
  /** A lane that was just opened takes up what a runner that died had been doing. */
  | { readonly type: 'restored'; readonly lane: LaneId; readonly cutOff: CutOffLoop }
  | { readonly type: 'refreshed'; readonly lane: LaneId; readonly result: Result<WebUi> }
  /** How much is free on the disk with the images, bytes; null where it cannot be told. */
  | {
      readonly type: 'space-told';
      readonly freeBytes: number | null;
      /** Below it the loop rests, bytes; 0 lets it use all there is. */
      readonly floorBytes: number;
      /** ms since epoch. */
      readonly nextLookAt: number;
    }
  /** The restarted WebUI answers, or why it does not. */
  | { readonly type: 'restarted'; readonly number: number; readonly result: Result<null> }
  /** The WebUI that the runner itself had started has ended by itself. */
  | { readonly type: 'webui-ended'; readonly lane: LaneId; readonly failure: Failure }
  /** The runner saw a reason to restart the WebUI between two generations. */
  | { readonly type: 'restart-wanted'; readonly lane: LaneId; readonly reason: Failure }
  | { readonly type: 'memory-freed'; readonly number: number; readonly failure: Failure | null }
  | { readonly type: 'wait-ended'; readonly number: number }
);
