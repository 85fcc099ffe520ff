import type { RunnerConnection } from '../connection/runner-connection.ts';
import type { FilesWindow } from '../gallery/gallery.ts';
import type { Absence, FilesRequest, FilesView, Snapshot } from '../presentation/snapshot.ts';
import type { LivePreviews } from './live-previews.ts';
import type { SnapshotStore } from './snapshot-store.ts';

/** What all screens are shown alike. */
export type SharedSnapshot = Omit<Snapshot, 'files' | 'absence'>;

export type ConnectionOptions = {
  readonly store: SnapshotStore<SharedSnapshot>;
  readonly window: FilesWindow;
  readonly previews: Pick<LivePreviews, 'want' | 'get'>;
  /** Says which of the files are ours before they are attributed. */
  readonly claim: (files: FilesView) => FilesView;
  readonly absence: Absence | null;
  readonly send: RunnerConnection['send'];
  readonly connect: RunnerConnection['connect'];
  readonly onClose: () => void;
};

/** One screen's or script's connection to a runner in this process, with a window on the files of its own. */
export function openConnection(options: ConnectionOptions): RunnerConnection {
  const { store, window, previews, absence } = options;
  const listeners = new Set<() => void>();
  let request: FilesRequest = { firstIndex: 0, count: 0, filter: '' };
  let last: { readonly shared: SharedSnapshot; readonly snapshot: Snapshot } | null = null;
  let unsubscribe: (() => void) | null = null;
  let isMoving: NodeJS.Immediate | null = null;
  let isTelling: NodeJS.Immediate | null = null;
  let endWish: (() => void) | null = null;

  function getSnapshot(): Snapshot {
    const shared = store.get();
    if (last?.shared !== shared) {
      last = { shared, snapshot: { ...shared, files: options.claim(window.view(request)), absence } };
    }
    return last.snapshot;
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  /** Another window is this screen's business alone: the others are not told. */
  function move(): void {
    isMoving = null;
    last = null;
    tell();
  }

  return {
    send: options.send,
    connect: options.connect,
    view(next) {
      request = next;
      isMoving ??= setImmediate(move);
    },
    getSnapshot,
    getLink: () => ({ kind: 'live' }),
    setPreviewWanted(isWanted) {
      if (isWanted === (endWish !== null)) return;
      endWish?.();
      endWish = isWanted ? previews.want(tell) : null;
      isTelling ??= setImmediate(() => {
        isTelling = null;
        tell();
      });
    },
    getPreview: () => (endWish === null ? null : previews.get()),
    subscribe(listener) {
      unsubscribe ??= store.subscribe(tell);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        unsubscribe?.();
        unsubscribe = null;
      };
    },
    restart: () => undefined,
    close() {
      if (isMoving) clearImmediate(isMoving);
      if (isTelling) clearImmediate(isTelling);
      endWish?.();
      unsubscribe?.();
      listeners.clear();
      window.close();
      options.onClose();
    },
  };
}
