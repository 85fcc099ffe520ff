/** Between polls of progress while a request is out and somebody looks on, ms; more often costs the GPU (webui-api.md 5.3). */
const watchedIntervalMs = 1000;

/** While nobody looks on, ms: often enough to see that the work goes on. */
const unwatchedIntervalMs = 5000;

/** Between any two polls at least, ms (webui-api.md 5.3). */
const minIntervalMs = 500;

/** After a poll that failed, ms. */
const troubleIntervalMs = 3000;

/** What came of a poll: nothing, all that was wanted, or something that another poll can fetch at once. */
export type PollOutcome = 'failed' | 'done' | 'more-to-ask';

export type ProgressPoller = {
  /** A request went out; polls go on until as many have ended. */
  begin(): void;
  end(): void;
  /** Moves the next poll to this time (ms since epoch) where that is sooner. */
  time(pollAt: number): void;
  /** Somebody has begun to look on: polls at once where the last one is old. */
  hurry(): void;
  close(): void;
};

/**
 * Calls `poll` while requests are out, about once a second where somebody looks on; never twice at the same
 * time.
 */
export function createProgressPoller(
  poll: () => Promise<PollOutcome>,
  isWatched: () => boolean,
): ProgressPoller {
  let outCount = 0;
  let timer: NodeJS.Timeout | null = null;
  let nextAt = 0;
  let lastAt = 0;
  let isPolling = false;

  function schedule(at: number): void {
    if (isPolling || outCount === 0) return;
    if (timer) clearTimeout(timer);
    nextAt = Math.max(at, lastAt + minIntervalMs);
    timer = setTimeout(run, Math.max(0, nextAt - Date.now()));
  }

  async function run(): Promise<void> {
    timer = null;
    isPolling = true;
    lastAt = Date.now();
    const outcome = await poll();
    isPolling = false;
    schedule(lastAt + pauseAfter(outcome));
  }

  function pauseAfter(outcome: PollOutcome): number {
    switch (outcome) {
      case 'failed':
        return troubleIntervalMs;
      case 'more-to-ask':
        return minIntervalMs;
      case 'done':
        return intervalMs();
    }
  }

  function intervalMs(): number {
    return isWatched() ? watchedIntervalMs : unwatchedIntervalMs;
  }

  function cancel(): void {
    if (timer) clearTimeout(timer);
    timer = null;
  }

  return {
    begin() {
      outCount++;
      if (outCount === 1) schedule(Date.now() + intervalMs());
    },
    end() {
      outCount = Math.max(0, outCount - 1);
      if (outCount === 0) cancel();
    },
    time(pollAt) {
      if (timer === null || pollAt < nextAt) schedule(pollAt);
    },
    hurry() {
      if (timer !== null) schedule(Math.min(nextAt, lastAt + intervalMs()));
    },
    close() {
      outCount = 0;
      cancel();
    },
  };
}
