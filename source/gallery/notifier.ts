export type Notifier = {
  subscribe(listener: () => void): () => void;
  /** Tells the listeners: at once when they were not told lately, else a little later and once for all. */
  changed(): void;
  close(): void;
};

const apartMs = 100;

/**
 * Tells listeners of changes at most every 100 ms. While they only take note of it (`isFollowed` is false), they are told each time, which
 * costs less than waking up for it.
 */
export function createNotifier(isFollowed: () => boolean): Notifier {
  const listeners = new Set<() => void>();
  let toldAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;

  function tell(): void {
    clearTimeout(timer);
    timer = undefined;
    toldAt = performance.now();
    for (const listener of listeners) listener();
  }

  return {
    subscribe(listener) {
      // A wrapper, so that the same function may be subscribed twice and each be stopped alone.
      const own = () => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    },
    changed() {
      if (!isFollowed()) tell();
      else timer ??= setTimeout(tell, Math.max(0, toldAt + apartMs - performance.now()));
    },
    close() {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
