import type { Snapshot } from '../presentation/snapshot.ts';

/** How soon a change is published, ms: news at once, what merely ticks at a calm pace, since each frame costs the screen. */
const delaysMs = { now: 0, soon: 40, calm: 1000 } as const;

export type Urgency = keyof typeof delaysMs;

export type SnapshotStore = {
  /** Something changed; a snapshot is built and told within the urgency's time. */
  touch(urgency: Urgency): void;
  get(): Snapshot;
  /** Returns the way to stop listening. */
  subscribe(listener: () => void): () => void;
  close(): void;
};

/** Holds the newest snapshot, the same object until something changed, and tells listeners at a bounded pace. */
export function createSnapshotStore(build: () => Snapshot): SnapshotStore {
  const listeners = new Set<() => void>();
  let snapshot: Snapshot | null = null;
  let timer: NodeJS.Timeout | null = null;
  let dueAt = Number.POSITIVE_INFINITY;
  let publishedAt = 0;

  function cancel(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    dueAt = Number.POSITIVE_INFINITY;
  }

  function publish(): void {
    cancel();
    publishedAt = Date.now();
    snapshot = build();
    for (const listener of listeners) listener();
  }

  return {
    touch(urgency) {
      const now = Date.now();
      const at = urgency === 'calm' ? Math.max(now, publishedAt + delaysMs.calm) : now + delaysMs[urgency];
      if (at >= dueAt) return;
      cancel();
      dueAt = at;
      timer = setTimeout(publish, at - now);
    },
    get() {
      snapshot ??= build();
      return snapshot;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      cancel();
      listeners.clear();
    },
  };
}
