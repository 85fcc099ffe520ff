/** How soon a change is published, ms: news at once, what merely ticks at a calm pace, since each frame costs the screen. */
const delaysMs = { now: 0, soon: 40, calm: 1000 } as const;

export type Urgency = keyof typeof delaysMs;

export type SnapshotStore<T> = {
  /** Something changed; where somebody listens, a snapshot is built and told within the urgency's time. */
  touch(urgency: Urgency): void;
  get(): T;
  isFollowed(): boolean;
  /** Returns the way to stop listening. */
  subscribe(listener: () => void): () => void;
  close(): void;
};

/**
 * Holds the newest snapshot, the same object until something changed, and tells listeners at a bounded pace. While nobody listens, which
 * is most of a night, a change costs nothing: a snapshot is built when it is asked for.
 */
export function createSnapshotStore<T>(build: () => T): SnapshotStore<T> {
  const listeners = new Set<() => void>();
  let snapshot: T | null = null;
  let isStale = true;
  let timer: NodeJS.Timeout | null = null;
  let dueAt = Number.POSITIVE_INFINITY;
  let publishedAt = 0;

  function cancel(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    dueAt = Number.POSITIVE_INFINITY;
  }

  function renew(): T {
    isStale = false;
    snapshot = build();
    return snapshot;
  }

  function publish(): void {
    cancel();
    publishedAt = Date.now();
    renew();
    for (const listener of listeners) listener();
  }

  return {
    touch(urgency) {
      isStale = true;
      if (listeners.size === 0) return;
      const now = Date.now();
      const at = urgency === 'calm' ? Math.max(now, publishedAt + delaysMs.calm) : now + delaysMs[urgency];
      if (at >= dueAt) return;
      cancel();
      dueAt = at;
      timer = setTimeout(publish, at - now);
    },
    get() {
      // To those who listen it changes only as they are told.
      const isKept = snapshot !== null && (!isStale || listeners.size > 0);
      return isKept && snapshot !== null ? snapshot : renew();
    },
    isFollowed: () => listeners.size > 0,
    subscribe(listener) {
      if (listeners.size === 0 && isStale) renew();
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) cancel();
      };
    },
    close() {
      cancel();
      listeners.clear();
    },
  };
}
