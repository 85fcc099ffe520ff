import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Arrivals } from './arrivals.ts';
import type { FileIndex } from './file-index.ts';
import { datedFolder } from './file-name.ts';
import { takeUpFolder } from './take-up-folder.ts';
import { type FolderWatch, type WatchOptions, type WatchState, watchFolder } from './watch-folder.ts';

export type FollowOptions = WatchOptions & {
  readonly directory: string;
  /** Decides which day it is. */
  readonly now: () => number;
  readonly index: FileIndex;
  readonly arrivals: Arrivals;
  readonly onChange: () => void;
  /** A folder was read and its files are listed. */
  readonly onRead: () => void;
};

export type FollowedFolders = {
  /** False until what was there at the start has been read. */
  readonly isLoaded: boolean;
  /** Names read so far of a folder that is being read. */
  readonly readCount: number;
  readonly rootState: WatchState;
  /** Of a dated folder or the directory itself; null when it is not followed. */
  stateOf(path: string): WatchState | null;
  start(): Promise<void>;
  /** Looks for what no event told; see `FolderWatch.check`. */
  check(): Promise<void>;
  close(): void;
};

/** How often it is looked whether the day's folder is there, ms: the second where its coming raises an event. */
const lookForDaysMs = 2000;
const lookForDaysWatchedMs = 10_000;

/**
 * Yesterday's and tomorrow's folder are followed when they changed so lately: a batch that straddles midnight, or a server whose
 * clock keeps another time zone.
 */
const livelyMs = 600_000;

/** Older days leave the list. */
const mostDays = 7;

/** Follows the output directory itself (servers without dated folders) and its dated folders as the days pass. */
export function followFolders(options: FollowOptions): FollowedFolders {
  const { directory, now, index, arrivals, onChange, onRead } = options;
  const abort = new AbortController();
  const days = new Map<string, FolderWatch>();
  let isLoaded = false;
  let readCount = 0;
  let looking: Promise<void> | null = null;
  let isLookWanted = false;
  let timer: NodeJS.Timeout | undefined;
  const root = follow(directory, true);

  function follow(path: string, isRoot: boolean): FolderWatch {
    arrivals.hold(path);
    const watch: FolderWatch = watchFolder(
      path,
      {
        async read() {
          const onProgress = (count: number) => {
            readCount = count;
            onChange();
          };
          const { listing, unknownCount } = await takeUpFolder({
            path,
            index,
            arrivals,
            signal: abort.signal,
            onProgress,
          });
          arrivals.release(path);
          await arrivals.whenSettled();
          if (isRoot && isLoaded && listing.folders.length > 0) void lookForDays();
          onRead();
          onChange();
          return unknownCount;
        },
        touched(name, how) {
          if (isRoot && isDay(name)) void lookForDays();
          else if (name.includes('\ufffd')) void watch.check(true);
          else if (how === 'rename') arrivals.noteComing(path, name);
          else arrivals.note(path, name);
        },
        vanished() {
          arrivals.forget(path);
          arrivals.hold(path);
          index.removeFolder(path);
          onChange();
        },
        stateChanged: onChange,
      },
      options,
    );
    return watch;
  }

  /** The days whose folders a server may be writing to now, oldest first. */
  function currentDays(): string[] {
    return [-1, 0, 1].map((offset) => datedFolder(now(), offset));
  }

  function lookForDays(): Promise<void> {
    // One that comes while it is looked may be missed by that look.
    isLookWanted = true;
    looking ??= lookWhileWanted().finally(() => {
      looking = null;
    });
    return looking;
  }

  async function lookWhileWanted(): Promise<void> {
    while (isLookWanted) {
      isLookWanted = false;
      await followNewDays();
    }
  }

  async function followNewDays(): Promise<void> {
    const today = datedFolder(now());
    for (const day of currentDays()) {
      if (days.has(day)) continue;
      const stats = await stat(join(directory, day)).catch(() => null);
      if (abort.signal.aborted || !stats?.isDirectory()) continue;
      if (day !== today && Date.now() - stats.mtimeMs > livelyMs) continue;
      const watch = follow(join(directory, day), false);
      days.set(day, watch);
      await watch.check();
    }
    dropDays();
  }

  function dropDays(): void {
    const current = currentDays();
    const oldestFirst = [...days.keys()].sort();
    for (const [place, day] of oldestFirst.entries()) {
      const watch = days.get(day);
      const isGone = watch?.state.kind === 'missing' && !current.includes(day);
      if (!isGone && place >= oldestFirst.length - mostDays) continue;
      watch?.close();
      days.delete(day);
      arrivals.forget(join(directory, day));
      index.removeFolder(join(directory, day));
      onChange();
    }
  }

  function lookLater(): void {
    if (abort.signal.aborted) return;
    const ms = root.state.kind === 'watching' ? lookForDaysWatchedMs : lookForDaysMs;
    timer = setTimeout(() => void lookForDays().then(lookLater), ms).unref();
  }

  return {
    get isLoaded() {
      return isLoaded;
    },
    get readCount() {
      return readCount;
    },
    get rootState() {
      return root.state;
    },
    stateOf: (path) =>
      path === directory ? root.state : (days.get(path.slice(directory.length + 1))?.state ?? null),
    async start() {
      await root.check();
      await lookForDays();
      isLoaded = true;
      onChange();
      lookLater();
    },
    async check() {
      await lookForDays();
      await Promise.all([root, ...days.values()].map((watch) => watch.check(true)));
      await arrivals.whenSettled();
    },
    close() {
      abort.abort();
      clearTimeout(timer);
      root.close();
      for (const watch of days.values()) watch.close();
    },
  };
}

function isDay(name: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(name);
}
