import { setTimeout as after } from 'node:timers/promises';
import { readFreeBytes } from '../gallery/free-space.ts';
import type { Snapshot } from '../presentation/snapshot.ts';

/** What a look at the disk found, bytes; null where nothing can be told. */
export type SpaceReading = { readonly freeBytes: number | null; readonly nextLookAt: number };

export type SpaceWatch = {
  /** Looks now, unless a look is under way; resolves when it is told. */
  look(): Promise<void>;
  /** Looks every half minute while the loop is at work, more often while it waits for space, and else not at all. */
  follow(loop: { readonly isActive: boolean; readonly isWaiting: boolean }): void;
  /** The newest; null where nothing is known. */
  freeBytes(): number | null;
  close(): void;
};

const workingIntervalMs = 30_000;
const waitingIntervalMs = 10_000;

/** Asks now and then how much is free where the images go; `read` never rejects. */
export function createSpaceWatch(options: {
  readonly read: () => Promise<number | null>;
  readonly tell: (reading: SpaceReading) => void;
  readonly intervalsMs?: { readonly working: number; readonly waiting: number };
}): SpaceWatch {
  const intervals = options.intervalsMs ?? { working: workingIntervalMs, waiting: waitingIntervalMs };
  let latest: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let intervalMs: number | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let isClosed = false;

  function cancel(): void {
    if (timer) clearTimeout(timer);
    timer = null;
  }

  function wind(): void {
    cancel();
    if (intervalMs === null || looking !== null || isClosed) return;
    // From the last look on: a loop that rests for a moment again and again must not put the next one off.
    timer = setTimeout(look, Math.max(0, lookedAt + intervalMs - performance.now()));
  }

  async function lookOnce(): Promise<void> {
    const freeBytes = await options.read();
    looking = null;
    lookedAt = performance.now();
    if (isClosed) return;
    latest = freeBytes;
    // A reading that is too low makes the loop wait, and the next one then comes sooner.
    options.tell({ freeBytes, nextLookAt: Date.now() + intervals.waiting });
    wind();
  }

  function look(): Promise<void> {
    cancel();
    looking ??= lookOnce();
    return looking;
  }

  return {
    look,
    follow({ isActive, isWaiting }) {
      const wanted = isWaiting ? intervals.waiting : isActive ? intervals.working : null;
      if (wanted === intervalMs) return;
      intervalMs = wanted;
      wind();
    },
    freeBytes: () => latest,
    close() {
      isClosed = true;
      cancel();
    },
  };
}

/** A file server that is away never answers, and the start does not wait for it, ms. */
const patienceMs = 2000;

/** What is free where the images go; the WebUI's own directory counts only if it is on this machine. */
export async function readFreeSpace(saving: Snapshot['saving']): Promise<number | null> {
  if (saving === null) return null;
  const late = after(patienceMs, null, { ref: false });
  return await Promise.race([readFreeBytes(saving.directory, { mayBeMade: saving.by === 'client' }), late]);
}
