import type { Chance } from './chance.ts';
import type { CheckpointLoader } from './checkpoint-loader.ts';
import type { CheckpointShelf } from './checkpoint-shelf.ts';
import type { Clock } from './clock.ts';
import type { DemoFamily } from './families/family.ts';
import type { FaultSchedule } from './fault-schedule.ts';
import type { FifoLock } from './fifo-lock.ts';
import type { OptionsStore } from './options-store.ts';
import type { ProgressState } from './progress-state.ts';
import type { Statistics } from './statistics.ts';

/** How long sampling takes. */
export type Pace = {
  /** For one step of one batch. */
  readonly stepMs: number;
  /** For all sampling of a generation instead, fixed or between two bounds; null leaves it to `stepMs`. */
  readonly durationMs: number | readonly [number, number] | null;
  /** For all steps of one image instead, so that a smaller batch takes less; null leaves it to the others. */
  readonly imageMs: number | readonly [number, number] | null;
};

/** What the server was started with. */
export type ServerStart = { readonly port: () => number; readonly auth: string | null };

/** What `--api-server-stop` allows; `restart` ends the process, and its script starts it again. */
export type ServerStop = { readonly isRestartable: boolean; readonly restart: () => void };

/** The one pretended GPU with everything that the routes share. */
export type Machine = {
  readonly family: DemoFamily;
  /** Absolute: where `outputs` and `models` are, and what relative options are relative to. */
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly pace: Pace;
  readonly lock: FifoLock;
  readonly options: OptionsStore;
  readonly shelf: CheckpointShelf;
  readonly loader: CheckpointLoader;
  readonly progress: ProgressState;
  readonly statistics: Statistics;
  readonly faults: FaultSchedule;
  /** The task ids of requests that wait for the lock. */
  readonly pending: Set<string>;
  /** Those of the newest 16 generations that are over (webui-api.md 5.4). */
  readonly completed: string[];
  /** How often memory ran out, and how much of it leaked away, bytes. */
  readonly memory: { outOfMemoryCount: number; leakedBytes: number };
  /** Null without `--api-server-stop`. */
  readonly serverStop: ServerStop | null;
  /** The newest lines of its log, where a family tells it. */
  readonly log: string[];
  /** Images saved so far by a family that counts them itself; null before the folder was looked at. */
  readonly savedCount: { value: number | null };
};
