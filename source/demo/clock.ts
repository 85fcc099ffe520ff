import { setTimeout as wait } from 'node:timers/promises';

/** The server's time: a wall clock that tests may set, and waiting that ends when the server closes. */
export class Clock {
  /** Aborted when the server closes; everything that waits rejects then. */
  readonly signal: AbortSignal;
  readonly #now: () => number;

  constructor(now: () => number, signal: AbortSignal) {
    this.#now = now;
    this.signal = signal;
  }

  /** Wall time, ms since epoch: for dates only. */
  now(): number {
    return this.#now();
  }

  /** A clock that never jumps, ms: for durations. */
  steady(): number {
    return performance.now();
  }

  async sleep(ms: number): Promise<void> {
    this.signal.throwIfAborted();
    if (ms > 0) await wait(ms, undefined, { signal: this.signal });
  }

  /** Waits for a moment of the steady clock. */
  async sleepUntil(moment: number): Promise<void> {
    await this.sleep(moment - this.steady());
  }

  /** Waits for something else than time. */
  async until(event: Promise<void>): Promise<void> {
    this.signal.throwIfAborted();
    const closing = Promise.withResolvers<never>();
    const onAbort = () => closing.reject(this.signal.reason);
    this.signal.addEventListener('abort', onAbort);
    try {
      await Promise.race([event, closing.promise]);
    } finally {
      this.signal.removeEventListener('abort', onAbort);
    }
  }
}
