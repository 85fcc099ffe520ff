import { basename, dirname, join, resolve } from 'node:path';
import { type Arrivals, createArrivals } from './arrivals.ts';
import { createAttributions } from './attributions.ts';
import { createFileIndex } from './file-index.ts';
import { datedFolder } from './file-name.ts';
import { findImages } from './find-images.ts';
import { findInFolders } from './find-in-folders.ts';
import { foldersState } from './folders-state.ts';
import { followFolders } from './follow-folders.ts';
import type { Gallery } from './gallery.ts';
import { measureFiles } from './measure-files.ts';
import { createNotifier } from './notifier.ts';
import { createRowReader, learnFile } from './read-visible-rows.ts';
import { createImageSaver } from './save-images.ts';
import { createFileViewer, type FileViewer } from './view-files.ts';

export type GalleryOptions = {
  /** Holds the dated folders; need not exist yet. */
  readonly directory: string;
  /** Decides which day it is, ms since epoch; the clock by default. */
  readonly now?: () => number;
  /** Reads folders again instead of waiting for events; found out by itself where it is not given. */
  readonly isPolling?: boolean;
  /** How often at most, where events do not come. */
  readonly pollIntervalMs?: number;
  /** Whether anybody acts on what changes; always when not given. */
  readonly isFollowed?: () => boolean;
};

/** Opens the output directory; nothing is read or followed before `start` or the first search. */
export function openGallery(options: GalleryOptions): Gallery {
  const directory = resolve(options.directory);
  const now = options.now ?? Date.now;
  const abort = new AbortController();
  const notifier = createNotifier(options.isFollowed ?? (() => true));
  const index = createFileIndex();
  const attributions = createAttributions(index);
  const viewers = new Set<FileViewer>();
  let startedAt = 0;
  let loadedAt = Infinity;
  let loading: Promise<void> | null = null;
  let isMeasuring = false;

  const arrivals: Arrivals = createArrivals({
    finished(folder, name, file) {
      const id = index.append(folder, name);
      learnFile(index, id, file);
      attributions.apply(join(folder, name), id);
      retest(id);
      notifier.changed();
    },
    gone: removeFile,
    unfinished(folder, name, file) {
      const id = index.folder(folder).ids.get(name);
      if (!index.isListedAs(id, file.byteCount, file.savedAt)) removeFile(folder, name);
    },
  });
  const reader = createRowReader(index, arrivals, notifier.changed);
  const folders = followFolders({
    directory,
    now,
    index,
    arrivals,
    isPolling: options.isPolling ?? false,
    pollIntervalMs: options.pollIntervalMs ?? 1000,
    onChange: notifier.changed,
    onRead: () => void measure(),
  });
  const saver = createImageSaver({
    currentFolder: () => join(directory, datedFolder(now())),
    highestListed: (folder) => index.folder(folder).highestNumber,
    onNaming: (path) => arrivals.expect(dirname(path), basename(path)),
    onTaken: (path) => arrivals.unexpect(dirname(path), basename(path)),
    onNamed: (path, file) => arrivals.take(dirname(path), basename(path), file),
  });

  /** A filter may let a file through once more is known of it. */
  function retest(id: number): void {
    for (const viewer of viewers) viewer.retest(id);
  }

  function isTaken(path: string): boolean {
    const id = index.folder(dirname(path)).ids.get(basename(path));
    return id === undefined ? attributions.has(path) : index.isOurs(id);
  }

  function removeFile(folder: string, name: string): void {
    const { version } = index;
    index.remove(folder, name);
    if (index.version !== version) notifier.changed();
  }

  async function measure(): Promise<void> {
    if (isMeasuring) return;
    isMeasuring = true;
    await measureFiles(index, notifier.changed, abort.signal);
    isMeasuring = false;
  }

  function start(): Promise<void> {
    if (!loading) startedAt = Date.now();
    loading ??= folders.start().then(() => {
      loadedAt = Date.now();
    });
    return loading;
  }

  return {
    directory,
    start: () => void start(),
    async findImages(search) {
      const isFromBefore = startedAt === 0 || search.sinceMs < startedAt;
      void start();
      const found = await findImages(
        { index, loadedAt: () => loadedAt, check: () => start().then(folders.check) },
        search,
      );
      if (!isFromBefore || found.length === search.seeds.length) return found;
      const known = new Map(found.map((image) => [image.seed, image]));
      const others = await findInFolders({ directory, ...search, isTaken });
      for (const image of others) if (!known.has(image.seed)) known.set(image.seed, image);
      return search.seeds.flatMap((seed) => known.get(seed) ?? []);
    },
    saveImages: saver.save,
    attribute(path, attribution) {
      const id = index.folder(dirname(path)).ids.get(basename(path));
      if (id === undefined) attributions.keep(path, attribution);
      else index.attribute(id, attribution);
      if (id !== undefined) retest(id);
      notifier.changed();
    },
    openWindow() {
      const viewer = createFileViewer(index, notifier.changed);
      viewers.add(viewer);
      return {
        view(request) {
          const view = viewer.view(request, foldersState({ directory, now, index, folders, startedAt }));
          reader.want([...viewers].flatMap(({ visibleIds }) => visibleIds));
          return view;
        },
        close() {
          viewers.delete(viewer);
          viewer.close();
        },
      };
    },
    subscribe: notifier.subscribe,
    close() {
      abort.abort();
      folders.close();
      arrivals.close();
      reader.close();
      for (const viewer of viewers) viewer.close();
      notifier.close();
    },
  };
}
