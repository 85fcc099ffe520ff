import { type BigIntStats, type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { isSilentFileSystem } from './watching-way.ts';

export type WatchState =
  | { readonly kind: 'missing' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'watching' }
  | { readonly kind: 'polling'; readonly everyMs: number }
  /** The file system's error code. */
  | { readonly kind: 'unreadable'; readonly code: string };

export type WatchHandlers = {
  /** Reads the folder and takes up what is new or gone; resolves to how many files were not known before. */
  read(isFirst: boolean): Promise<number>;
  /** A file of this name came, went (`rename`) or changed. */
  touched(name: string, how: 'rename' | 'change'): void;
  /** The folder is not there any more. */
  vanished(): void;
  stateChanged(): void;
};

export type FolderWatch = {
  readonly state: WatchState;
  /** Looks now for what no event told, and takes that up; `isThorough` reads the folder even when events have come. */
  check(isThorough?: boolean): Promise<void>;
  close(): void;
};

export type WatchOptions = {
  /** Never rely on events. */
  readonly isPolling: boolean;
  readonly pollIntervalMs: number;
};

/** How often a watched folder is asked whether events were missed: the second where they have been seen to come. */
const checkIntervalMs = 2000;
const trustedCheckIntervalMs = 10_000;

/** How often the others are asked whether they can be read now, ms. */
const unreadableIntervalMs = 1000;
const missingIntervalMs = 250;

/** A folder that changes is read again after this long even when events come, in case some were lost (a full queue). */
const distrustMs = 60_000;

/** More of the time is not spent on that: 100,000 files take a third of a second of a processor. */
const longestReadingShare = 1 / 2000;

/**
 * Follows one folder through deletion and re-creation: by events where they come, else by its modification time. That time is looked
 * at in any case; when it has moved and no event came, and files are there that no event told of, the folder is polled from then on.
 */
export function watchFolder(path: string, handlers: WatchHandlers, options: WatchOptions): FolderWatch {
  let state: WatchState = { kind: 'missing' };
  let watcher: FSWatcher | null = null;
  /** Device, inode and birth of the folder that is followed; null while there is none. */
  let identity: string | null = null;
  let isPolling = options.isPolling;
  /** Set when the events of the followed folder have ended, or what they told cannot be relied on. */
  let isStale = false;
  let eventCount = 0;
  let seen = { time: 0n, eventCount: 0 };
  let lastRead = { time: 0n, endedAt: 0, tookMs: 0, isSettled: true };
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  function enter(next: WatchState): void {
    const hasChanged = JSON.stringify(next) !== JSON.stringify(state);
    state = next;
    if (hasChanged && !isClosed) handlers.stateChanged();
  }

  function startEvents(): void {
    watcher?.close();
    watcher = null;
    if (isPolling || isClosed) return;
    try {
      watcher = watch(path, { persistent: false }, (type, name) => {
        eventCount++;
        // A folder that is deleted or moved away tells its own name, and nothing after that.
        if (name === null || (type === 'rename' && name === basename(path))) {
          isStale = true;
          checkAfter(0);
        }
        if (name !== null) handlers.touched(name, type);
      });
      watcher.on('error', poll);
    } catch {
      // ENOSPC or EMFILE: this user's watches are used up.
      poll();
    }
  }

  function poll(): void {
    watcher?.close();
    watcher = null;
    isPolling = true;
  }

  function leave(): void {
    watcher?.close();
    watcher = null;
    if (identity !== null) handlers.vanished();
    identity = null;
  }

  async function read(time: bigint, isFirst: boolean): Promise<void> {
    const startedAt = performance.now();
    isStale = false;
    const unknownCount = await handlers.read(isFirst);
    const endedAt = performance.now();
    // The time may be as coarse as the changes are quick: while it was polled and moved, one more reading once it rests.
    const isSettled = isFirst || time === lastRead.time;
    lastRead = { time, endedAt, tookMs: endedAt - startedAt, isSettled };
    if (!isFirst && unknownCount > 0 && eventCount === seen.eventCount) poll();
  }

  function mustRead(time: bigint, isThorough: boolean): boolean {
    const hasMoved = time !== lastRead.time;
    if (hasMoved && (isPolling || isThorough)) return true;
    if (isPolling && !lastRead.isSettled) return true;
    if (time !== seen.time && eventCount === seen.eventCount) return true;
    const hasRested =
      performance.now() - lastRead.endedAt > Math.max(distrustMs, lastRead.tookMs / longestReadingShare);
    return hasRested && (hasMoved || isPolling);
  }

  async function look(isThorough: boolean): Promise<void> {
    const stats = await statFolder(path);
    if (isClosed) return;
    if (typeof stats === 'string') {
      // Any other trouble (a network that is away) deletes nothing.
      if (stats === 'ENOENT' || stats === 'ENOTDIR') leave();
      enter(stats === 'ENOENT' ? { kind: 'missing' } : { kind: 'unreadable', code: stats });
      return;
    }
    const found = `${stats.dev}:${stats.ino}:${stats.birthtimeNs}`;
    if (found !== identity) {
      leave();
      isPolling ||= await isSilentFileSystem(path);
      if (isClosed) return;
      identity = found;
      isStale = true;
      startEvents();
      enter({ kind: 'reading' });
      await read(stats.mtimeNs, true);
    } else if (isStale) {
      startEvents();
      await read(stats.mtimeNs, false);
    } else if (mustRead(stats.mtimeNs, isThorough)) {
      await read(stats.mtimeNs, false);
    }
    seen = { time: stats.mtimeNs, eventCount };
    enter(isPolling ? { kind: 'polling', everyMs: pollingMs() } : { kind: 'watching' });
  }

  /** A folder that takes long to read is read less often. */
  function pollingMs(): number {
    const neededMs = 5 * lastRead.tookMs;
    return neededMs > options.pollIntervalMs ? Math.ceil(neededMs / 1000) * 1000 : options.pollIntervalMs;
  }

  function check(isThorough = false): Promise<void> {
    running ??= look(isThorough)
      .catch((error: NodeJS.ErrnoException) => {
        if (error.code === undefined) throw error;
        // It went while it was read, or the disk failed: the next look reads it again.
        isStale = true;
        enter(error.code === 'ENOENT' ? { kind: 'missing' } : { kind: 'unreadable', code: error.code });
      })
      .finally(() => {
        running = null;
        checkAfter(isStale ? missingIntervalMs : intervalOf(state, eventCount > 0));
      });
    return running;
  }

  function checkAfter(delayMs: number): void {
    clearTimeout(timer);
    if (!isClosed) timer = setTimeout(() => void check(), delayMs).unref();
  }

  return {
    get state() {
      return state;
    },
    check,
    close() {
      isClosed = true;
      clearTimeout(timer);
      watcher?.close();
    },
  };
}

function intervalOf(state: WatchState, isTrusted: boolean): number {
  switch (state.kind) {
    case 'missing':
      return missingIntervalMs;
    case 'polling':
      return state.everyMs;
    case 'unreadable':
      return unreadableIntervalMs;
    case 'reading':
      return checkIntervalMs;
    case 'watching':
      return isTrusted ? trustedCheckIntervalMs : checkIntervalMs;
  }
}

async function statFolder(path: string): Promise<BigIntStats | string> {
  try {
    const stats = await stat(path, { bigint: true });
    return stats.isDirectory() ? stats : 'ENOTDIR';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EIO';
  }
}
