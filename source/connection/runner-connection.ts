import type { Command } from '../engine/command.ts';
import type { Preview } from '../presentation/preview.ts';
import type { RunnerLink } from '../presentation/runner-link.ts';
import type { FilesRequest, Snapshot } from '../presentation/snapshot.ts';

export type { RunnerLink } from '../presentation/runner-link.ts';

/** A screen's or a script's line to the runner: in this process, or over a socket. */
export type RunnerConnection = {
  send(command: Command): void;
  /** Asks for another window on the file list; the next snapshot holds it. Each connection has a window of its own. */
  view(request: FilesRequest): void;
  /** The same object until something changes: fit for `useSyncExternalStore`. */
  getSnapshot(): Snapshot;
  getLink(): RunnerLink;
  /** Says whether live previews are shown, which costs the WebUI work; they are not until it is said. */
  setPreviewWanted(isWanted: boolean): void;
  /** The newest of the running generation, the same object until there is another; null while there is none or none is wanted. */
  getPreview(): Preview | null;
  /** Calls back after each change of snapshot, preview or link, at most a few times a second; returns the way to stop it. */
  subscribe(listener: () => void): () => void;
  /** Points the loop at another WebUI; credentials are `user:password`. */
  connect(address: { readonly url: string; readonly auth: string | null }): void;
  /** Starts a runner where there is none any more, which goes on with what the last one left; the link tells how it goes. */
  restart(): void;
  /** Ends the connection; the runner goes on. */
  close(): void;
};
