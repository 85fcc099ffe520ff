import type { RunnerConnection } from '../connection/runner-connection.ts';
import type { Command } from '../engine/command.ts';
import type { LoopPolicy } from '../engine/loop-policy.ts';
import type { Notice } from '../engine/notice.ts';
import type { Access } from '../generation/access.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { WebUiClient } from '../webui/client.ts';
import type { StartPatience } from './await-webui.ts';
import type { SavingPreference } from './choose-saving.ts';
import type { Restarter } from './restarter.ts';
import type { Unneeded } from './still-needed.ts';

/** Where the WebUI is, and who asks. */
export type Address = {
  readonly url: string;
  /** `user:password`, or null. */
  readonly auth: string | null;
  readonly access?: Access;
};

/** What a runner is given by whoever starts it. */
export type RunnerOptions = {
  readonly address: Address;
  readonly createClient: (address: Address) => WebUiClient;
  readonly saving: SavingPreference;
  readonly isDemo: boolean;
  /** Where every generation and image is written down; null keeps no record. */
  readonly ledger: Ledger | null;
  /** The loop rests while less is free on the disk with the images, bytes; 0 for no floor. */
  readonly minFreeBytes: number;
  /** What is done about failures; the usual where none is given. */
  readonly policy?: LoopPolicy;
  /** Whether a loop that was cut off while it was generating goes on by itself; otherwise it comes back paused. */
  readonly resumesAfterCrash: boolean;
  /** Whether its progress is followed although no screen is there, as in the lines of `sdloop run --json`. */
  readonly isFollowed: boolean;
  /** Null where the WebUI cannot be restarted. */
  readonly restarter: Restarter | null;
  /** How long a WebUI that restarts itself may take to answer again; 10 min when not given. */
  readonly startPatience?: StartPatience;
  /** How long a WebUI that answered before may be away until it is restarted, ms; 30 s when not given. */
  readonly restartGraceMs?: number;
  /** How long the WebUI may make no step until it counts as hung, in shares of the usual times; 1 when not given. */
  readonly hangPatience?: number;
  /** The share of the machine's memory (0 to 1) from which on the WebUI is restarted between two generations; never when not given. */
  readonly restartWhenRamShare?: number | null;
  /** Between two looks at the WebUI's memory, ms; 10 s when not given. */
  readonly memoryIntervalMs?: number;
  /** Called for each notice, in order, before the snapshot that holds its effect; `url` is the WebUI's. */
  readonly onNotice?: (notice: Notice, url: string) => void;
  /** Called with what no notice tells, of the ledger, the pace and the risks of the address: a sentence; the screens are told too. */
  readonly onRemark?: (words: string) => void;
  /** Called once, when the loop is over and no screen needs the runner; a runner that no screen has come to yet is not judged. */
  readonly onUnneeded?: (why: Unneeded) => void;
};

/** Performs the loop in this process. */
export type Runner = {
  /** Whether it goes on with what an earlier runner left. */
  readonly isContinued: boolean;
  /** Opens a connection; the coming and leaving of screens counts for what is told to the next one. */
  open(role: 'screen' | 'command'): RunnerConnection;
  /** Why the loop would not take the command, as a sentence; null where it does. */
  refusalOf(command: Command): string | null;
  /** Looks whether it is needed although no screen has come. */
  judge(): void;
  /** The process is being ended, and not the loop: the next runner is to go on with it. */
  leaveToNext(): void;
  /** Whether anything was sent, or is to be sent again, whose images are not all accounted for. */
  hasUnfinished(): boolean;
  /** Lets go of the WebUI, the directory and all timers; what is in flight is not waited for. */
  close(): Promise<void>;
};
