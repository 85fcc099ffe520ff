import type { RunnerConnection } from '../connection/runner-connection.ts';
import type { RunnerLink } from '../presentation/runner-link.ts';
import type { FilesRequest, Snapshot } from '../presentation/snapshot.ts';
import type { GalleryData, GalleryPort } from './gallery/gallery-data.ts';
import { previewBox } from './preview/preview-box.ts';
import { noPreview, type PreviewData, type PreviewPort } from './preview/preview-data.ts';
import {
  createScreenState,
  type InitialScreen,
  type ScreenEffect,
  type ScreenEvent,
  type ScreenState,
} from './screen-state.ts';
import { createSnapshotView } from './snapshot-view.ts';
import { tickIntervalMs } from './tick-interval.ts';
import { update } from './update/update.ts';

/** Everything that one frame is drawn from. */
export type ScreenView = {
  readonly state: ScreenState;
  readonly snapshot: Snapshot;
  readonly link: RunnerLink;
  readonly gallery: GalleryData | null;
  readonly preview: PreviewData;
  readonly columns: number;
  readonly rows: number;
  /** Ms since epoch; the only clock that screens go by. */
  readonly now: number;
};

/** Holds the screen's state and keeps it in step with the loop, the keys, the window's size and the clock. */
export type ScreenStore = {
  handle(event: ScreenEvent): void;
  /** The same object until something changed. */
  getView(): ScreenView;
  subscribe(listener: () => void): () => void;
  /** Tells listeners of what changed while the terminal was busy. */
  announce(): void;
  close(): void;
};

export type ScreenStoreOptions = {
  readonly connection: Omit<RunnerConnection, 'close'>;
  readonly initial: InitialScreen;
  readonly gallery: GalleryPort | null;
  readonly preview: PreviewPort | null;
  readonly size: () => { readonly columns: number; readonly rows: number };
  /** While it is, listeners are told nothing: frames for a terminal that takes none would pile up. */
  readonly isTerminalBusy: () => boolean;
  /** Does what only the terminal's owner can do. */
  readonly perform: (
    effect: Extract<ScreenEffect, { type: 'remember' | 'suspend' | 'leave' | 'copy' }>,
  ) => void;
};

export function createScreenStore(options: ScreenStoreOptions): ScreenStore {
  const { connection, gallery, size } = options;
  const listeners = new Set<() => void>();
  const snapshotUnder = createSnapshotView();
  let view = viewOf(createScreenState(options.initial));
  let isNews = false;
  let requested: FilesRequest | null = null;
  let ticking: { readonly timer: NodeJS.Timeout; readonly everyMs: number } | null = null;

  function viewOf(state: ScreenState): ScreenView {
    const link = connection.getLink();
    const snapshot = snapshotUnder(link, connection.getSnapshot());
    return {
      state,
      snapshot,
      link,
      gallery: gallery?.getData() ?? null,
      preview: options.preview?.getData() ?? noPreview,
      ...size(),
      now: Date.now(),
    };
  }

  function handle(event: ScreenEvent): void {
    const { state: before, ...context } = viewOf(view.state);
    const { state, effects } = update(before, event, context);
    // A runner that was started again has not been told yet which files are looked at.
    if (state.link?.kind !== before.link?.kind) requested = null;
    view = viewOf(state);
    keepTicking();
    for (const effect of effects) perform(effect);
    options.preview?.want(previewBox(view));
    isNews = true;
    if (!options.isTerminalBusy()) announce();
  }

  function announce(): void {
    if (!isNews) return;
    isNews = false;
    for (const listener of listeners) listener();
  }

  function perform(effect: ScreenEffect): void {
    switch (effect.type) {
      case 'send':
        return connection.send(effect.command);
      case 'connect':
        return connection.connect({ url: effect.url, auth: effect.auth });
      case 'restart':
        return connection.restart();
      case 'view':
        return request(effect.request);
      case 'gallery-wish':
        return gallery?.wish(effect.wish);
      case 'gallery-rest':
        return gallery?.rest();
      case 'gallery-choose':
        return gallery?.choose(effect.paths, effect.decision);
      case 'gallery-undo':
        return gallery?.undo();
      case 'gallery-again':
        return gallery?.again(effect.image, effect.how);
      case 'remember':
      case 'suspend':
      case 'copy':
      case 'leave':
        return options.perform(effect);
    }
  }

  function request(next: FilesRequest): void {
    const isSame =
      requested?.firstIndex === next.firstIndex &&
      requested.count === next.count &&
      requested.filter === next.filter;
    if (isSame) return;
    requested = next;
    connection.view(next);
  }

  function keepTicking(): void {
    const everyMs = tickIntervalMs(view);
    if (everyMs === (ticking?.everyMs ?? null)) return;
    if (ticking !== null) clearInterval(ticking.timer);
    ticking =
      everyMs === null ? null : { timer: setInterval(() => handle({ type: 'tick' }), everyMs), everyMs };
  }

  const unsubscribe = connection.subscribe(() => handle({ type: 'snapshot' }));
  const leavePreview = options.preview?.subscribe(() => handle({ type: 'preview' }));
  const leaveGallery = gallery?.subscribe(() => handle({ type: 'gallery' }));
  handle({ type: 'snapshot' });
  if (view.state.screen.kind === 'gallery') handle({ type: 'gallery' });

  return {
    handle,
    getView: () => view,
    announce,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      unsubscribe();
      leaveGallery?.();
      leavePreview?.();
      if (ticking !== null) clearInterval(ticking.timer);
      ticking = null;
    },
  };
}
