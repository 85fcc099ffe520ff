import type { Command } from '../engine/command.ts';
import type { FilesRequest, Snapshot } from '../presentation/snapshot.ts';

/** A screen's or a script's line to the runner: in this process, or over a socket. */
export type RunnerConnection = {
  send(command: Command): void;
  /** Asks for another window on the file list; the next snapshot holds it. */
  view(request: FilesRequest): void;
  /** The same object until something changes: fit for `useSyncExternalStore`. */
  getSnapshot(): Snapshot;
  /** Calls back after each change, at most a few times a second; returns the way to stop it. */
  subscribe(listener: () => void): () => void;
  /** Points the loop at another WebUI; credentials are `user:password`. */
  connect(address: { readonly url: string; readonly auth: string | null }): void;
};
