const tickMs = 50;

/** Watches how long this process computes without a break: what a hostile input may not bring about. */
export type LoopWatch = Disposable & {
  /** Processor time of the longest stretch so far, ms; a machine that is busy with something else does not count. */
  longestMs(): number;
};

export function watchLoop(): LoopWatch {
  let before = cpuMs();
  let longest = 0;
  const look = () => {
    const now = cpuMs();
    longest = Math.max(longest, now - before);
    before = now;
  };
  const timer = setInterval(look, tickMs);
  return {
    longestMs() {
      look();
      return longest;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** Resolves to null after so long in this process's own time: while it stands still, none passes. */
export function inOwnTime(ms: number, signal: AbortSignal): Promise<null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  let left = Math.ceil(ms / tickMs);
  const timer = setInterval(() => {
    if (left-- > 0) return;
    clearInterval(timer);
    resolve(null);
  }, tickMs);
  signal.addEventListener('abort', () => clearInterval(timer));
  return promise;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
