import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isUnlisted, looksLikeImage } from './file-name.ts';
import { type ImageFile, readImageFile } from './read-image-header.ts';

export type ArrivalHandlers = {
  /** The file is complete, or has not grown for so long that it is taken as it is. */
  finished(folder: string, name: string, file: ImageFile): void;
  /** No regular file has that name (any more). */
  gone(folder: string, name: string): void;
  /** It is there, but is still being written. */
  unfinished(folder: string, name: string, file: ImageFile): void;
};

export type Arrivals = {
  /** Has the file looked at, after those that were noted before it. */
  note(folder: string, name: string): void;
  /** The same for one that came or went, unless it is one that is expected. */
  noteComing(folder: string, name: string): void;
  /** The file is about to come from us, and need not be looked at for that. */
  expect(folder: string, name: string): void;
  /** Another has that name, and is looked at. */
  unexpect(folder: string, name: string): void;
  /** It has come, complete and known. */
  take(folder: string, name: string, file: ImageFile): void;
  /** Whether the file is noted, or being written. */
  isAwaited(folder: string, name: string): boolean;
  /** Holds a folder's files back until it is released. */
  hold(folder: string): void;
  release(folder: string): void;
  forget(folder: string): void;
  /** Resolves once all that was noted and is not held has been looked at. */
  whenSettled(): Promise<void>;
  close(): void;
};

type Arrival = { readonly folder: string; readonly name: string };
type Unfinished = Arrival & {
  readonly byteCount: number;
  readonly restsSince: number;
  readonly nextLookAt: number;
  /** Whether it was listed as it is. */
  readonly isListed: boolean;
};

/** Files that are looked at together: enough for a burst, few enough for a network. */
const atOnce = 16;

const lookAgainMs = 100;

/** Whoever tells of a file's coming does so within this, ms; some tell nothing. */
const expectedForMs = 1000;

/** Expectations that came to nothing are not kept beyond so many. */
const mostExpected = 256;

/**
 * How long a file must have rested to be taken as it is. An image whose end is missing is then listed as a broken one, but looked at
 * again, ever more rarely: its writer may have been stuck.
 */
const restMs = 1500;
const brokenImageRestMs = 3000;
const certainAgeMs = 600_000;

/** Looks at files that events or readings told of, in their order, and waits for those that are still being written. */
export function createArrivals(handlers: ArrivalHandlers): Arrivals {
  const queue = new Map<string, Arrival>();
  const unfinished = new Map<string, Unfinished>();
  const held = new Map<string, Map<string, Arrival>>();
  /** Until when, by the process's own clock. */
  const expected = new Map<string, number>();
  let draining: Promise<void> | null = null;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  function drain(): Promise<void> {
    draining ??= lookAtAll().finally(() => {
      draining = null;
      if (!isClosed) lookAgainLater();
    });
    return draining;
  }

  async function lookAtAll(): Promise<void> {
    while (queue.size > 0 && !isClosed) {
      const batch = queue
        .entries()
        .take(atOnce)
        .map(([key, arrival]) => ({ key, arrival }))
        .toArray();
      for (const { key } of batch) queue.delete(key);
      const files = await Promise.all(batch.map(({ arrival }) => look(arrival)));
      if (isClosed) return;
      for (const [index, { key, arrival }] of batch.entries()) tell(key, arrival, files[index] ?? null);
    }
  }

  function tell(key: string, arrival: Arrival, file: ImageFile | null): void {
    const before = unfinished.get(key);
    unfinished.delete(key);
    if (!file) {
      handlers.gone(arrival.folder, arrival.name);
      return;
    }
    const now = performance.now();
    const hasRested = before?.byteCount === file.byteCount;
    const restsSince = hasRested ? before.restsSince : firstRest(file, now);
    const restedMs = now - restsSince;
    const isImage = file.header !== null || looksLikeImage(arrival.name);
    const isWhole = file.header?.isComplete || (restedMs >= restMs && !isImage) || restedMs >= certainAgeMs;
    const isListed = isWhole || restedMs >= brokenImageRestMs;
    if (!isListed) handlers.unfinished(arrival.folder, arrival.name, file);
    else if (isWhole || !hasRested || !before.isListed) {
      handlers.finished(arrival.folder, arrival.name, file);
    }
    if (isWhole) return;
    const nextLookAt = now + Math.max(lookAgainMs, restedMs / 4);
    unfinished.set(key, { ...arrival, byteCount: file.byteCount, restsSince, nextLookAt, isListed });
  }

  function lookAgainLater(): void {
    clearTimeout(timer);
    if (unfinished.size === 0 || isClosed) return;
    const next = unfinished
      .values()
      .reduce((soonest, { nextLookAt }) => Math.min(soonest, nextLookAt), Infinity);
    timer = setTimeout(lookAgain, Math.max(10, next - performance.now())).unref();
  }

  function lookAgain(): void {
    for (const [key, { folder, name, nextLookAt }] of unfinished) {
      if (nextLookAt <= performance.now()) queue.set(key, { folder, name });
    }
    void drain();
  }

  function note(folder: string, name: string): void {
    if (isClosed || isUnlisted(name)) return;
    const key = join(folder, name);
    const waiting = held.get(folder) ?? queue;
    waiting.set(key, { folder, name });
    if (waiting === queue) void drain();
  }

  function unexpect(folder: string, name: string): void {
    expected.delete(join(folder, name));
    note(folder, name);
  }

  return {
    note,
    noteComing(folder, name) {
      const key = join(folder, name);
      const isExpected = (expected.get(key) ?? 0) > performance.now();
      expected.delete(key);
      if (!isExpected) note(folder, name);
    },
    expect(folder, name) {
      if (expected.size >= mostExpected) expected.clear();
      expected.set(join(folder, name), performance.now() + expectedForMs);
    },
    unexpect,
    take(folder, name, file) {
      // A folder that is being read lists its files in its own order, and whoever came before is listed before.
      if (held.has(folder) || draining !== null) unexpect(folder, name);
      else if (!isClosed) handlers.finished(folder, name, file);
    },
    isAwaited(folder, name) {
      const key = join(folder, name);
      return queue.has(key) || unfinished.has(key) || (held.get(folder)?.has(key) ?? false);
    },
    hold(folder) {
      if (!held.has(folder)) held.set(folder, new Map());
    },
    release(folder) {
      const waiting = held.get(folder);
      held.delete(folder);
      for (const [key, arrival] of waiting ?? []) queue.set(key, arrival);
      void drain();
    },
    forget(folder) {
      for (const waiting of [queue, unfinished]) {
        for (const [key, arrival] of waiting) if (arrival.folder === folder) waiting.delete(key);
      }
      held.get(folder)?.clear();
    },
    whenSettled: drain,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

/** A file that has rested for long already is known by its own time; a young one is not, since a file server's clock may differ. */
function firstRest(file: ImageFile, now: number): number {
  const ageMs = Date.now() - file.savedAt;
  return ageMs > certainAgeMs ? now - ageMs : now;
}

async function look({ folder, name }: Arrival): Promise<ImageFile | null> {
  const path = join(folder, name);
  const file = await readImageFile(path);
  if (file) return file;
  // There, but not ours to read: it is listed with what the folder tells of it.
  const stats = await stat(path).catch(() => null);
  return stats?.isFile() ? { header: null, byteCount: stats.size, savedAt: stats.mtimeMs } : null;
}
