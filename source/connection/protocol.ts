import type { Command } from '../engine/command.ts';
import type { FilesRequest, Snapshot } from '../presentation/snapshot.ts';

/**
 * One JSON value a line, both ways, over a Unix socket. The client speaks first. `hello`, `command` with `pause`, `resume`, `skip`,
 * `interrupt` and `stop`, and `end` keep their shape in every version, so that a runner of another version can be told apart and ended.
 */
export const protocolVersion = 2;

/** A longer line from a client is no message of ours: the longest, a plan with both prompts, takes a quarter of it. Bytes. */
export const clientLineLimit = 1_048_576;

/** A snapshot takes some 20 kB; a WebUI with thousands of checkpoints a few MB. Bytes. */
export const serverLineLimit = 67_108_864;

export type ClientMessage =
  | {
      readonly type: 'hello';
      readonly protocol: number;
      /** Of the program. */
      readonly version: string;
      /** A screen gets snapshots as they come, and its coming and leaving counts; a command gets one. */
      readonly role: 'screen' | 'command';
    }
  | { readonly type: 'view'; readonly request: FilesRequest }
  /** Whether a screen shows live previews: it is sent none before it asks, and none after it has looked away. */
  | { readonly type: 'want-preview'; readonly isWanted: boolean }
  | { readonly type: 'command'; readonly id: number; readonly command: Command }
  | { readonly type: 'connect'; readonly id: number; readonly url: string; readonly auth: string | null };

export type ServerMessage =
  | {
      readonly type: 'hello';
      readonly protocol: number;
      readonly version: string;
      readonly pid: number;
      /** Of the runner's process, ms since epoch. */
      readonly startedAt: number;
    }
  /** Before the first snapshot and whenever it changes, since it may hold thousands of checkpoints. */
  | { readonly type: 'webui'; readonly webUi: Snapshot['webUi'] }
  | { readonly type: 'snapshot'; readonly snapshot: Omit<Snapshot, 'webUi'> }
  /** To screens that asked, the newest that is not sent yet; null once there is none any more. */
  | {
      readonly type: 'preview';
      readonly preview: {
        readonly generationId: number;
        readonly at: number;
        /** Base64 of an image file. */
        readonly image: string;
      } | null;
    }
  /** The loop has taken the message of this number, or why it does not, as a sentence. */
  | { readonly type: 'done'; readonly id: number; readonly refusal?: string }
  /** The last line: why the runner closes the connection, as a sentence. */
  | {
      readonly type: 'end';
      readonly kind: 'loop-ended' | 'other-version' | 'bad-message' | 'too-many-clients';
      readonly reason: string;
    };
