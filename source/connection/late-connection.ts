import type { FilesRequest, Snapshot } from '../presentation/snapshot.ts';
import type { RunnerConnection, RunnerLink } from './runner-connection.ts';

/** A connection that is still being made, or a sentence that says why it cannot be. */
export type LateOutcome =
  | { readonly ok: true; readonly connection: RunnerConnection }
  | { readonly ok: false; readonly reason: string };

/**
 * Stands in for a connection while its runner is being started, so that a screen can be drawn at once; from then on it is that connection.
 * Until then there is nothing that a command could be given to.
 */
export function createLateConnection(options: {
  /** What is shown until then. */
  readonly snapshot: Snapshot;
  /** Starts a runner and joins it; `view` is what the screen has asked to see of the files. */
  readonly open: (view: FilesRequest | undefined) => Promise<LateOutcome>;
}): RunnerConnection {
  const listeners = new Set<() => void>();
  let joined: RunnerConnection | null = null;
  let link: RunnerLink = { kind: 'starting' };
  let view: FilesRequest | undefined;
  let isPreviewWanted = false;
  let isClosed = false;

  function tell(): void {
    for (const listener of listeners) listener();
  }

  async function open(): Promise<void> {
    link = { kind: 'starting' };
    tell();
    const outcome = await options.open(view);
    if (isClosed) return outcome.ok ? outcome.connection.close() : undefined;
    if (outcome.ok) {
      joined = outcome.connection;
      joined.subscribe(tell);
      if (view) joined.view(view);
      if (isPreviewWanted) joined.setPreviewWanted(true);
    } else link = { kind: 'refused', reason: outcome.reason };
    tell();
  }

  void open();
  return {
    send: (command) => joined?.send(command),
    view(request) {
      view = request;
      joined?.view(request);
    },
    getSnapshot: () => joined?.getSnapshot() ?? options.snapshot,
    getLink: () => joined?.getLink() ?? link,
    setPreviewWanted(isWanted) {
      isPreviewWanted = isWanted;
      joined?.setPreviewWanted(isWanted);
    },
    getPreview: () => joined?.getPreview() ?? null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    connect: (address) => joined?.connect(address),
    restart() {
      if (joined) joined.restart();
      else if (link.kind === 'refused') void open();
    },
    close() {
      isClosed = true;
      listeners.clear();
      joined?.close();
    },
  };
}
