import { setTimeout as delay } from 'node:timers/promises';

/** How many requests a WebUI takes: each costs points, 1 unless its path says otherwise, of a sliding window for each path. */
export type RateLimit = {
  readonly points: number;
  readonly windowMs: number;
  readonly costs: Readonly<Record<string, number>>;
};

/**
 * Keeps one path's requests within a limit. SD.Next counts an answer and not a request, so a request counts until a whole window has
 * passed since its answer; and at the limit itself nothing is risked, as the answer would be thrown away (webui-api.md 7.4).
 */
export class RateBudget {
  readonly #limit: RateLimit;
  readonly #cost: number;
  readonly #answeredAt: number[] = [];

  constructor(limit: RateLimit, path: string) {
    this.#limit = limit;
    this.#cost = limit.costs[path] ?? 1;
  }

  /** How long the next request has to wait, ms; `now` in ms of any clock that only grows. */
  waitMs(now: number): number {
    const { points, windowMs } = this.#limit;
    const most = Math.max(1, Math.ceil(points / this.#cost) - 1);
    while ((this.#answeredAt[0] ?? now) <= now - windowMs) this.#answeredAt.shift();
    const mustLeave = this.#answeredAt[this.#answeredAt.length - most];
    return mustLeave === undefined ? 0 : mustLeave + windowMs - now;
  }

  /** An answer came, of whatever kind. */
  answered(now: number): void {
    this.#answeredAt.push(now);
  }
}

/** Makes the request once the budget allows it, and counts it; without a budget at once. */
export async function withinBudget<T>(
  budget: RateBudget | null,
  signal: AbortSignal | undefined,
  request: () => Promise<T>,
): Promise<T> {
  if (budget === null) return request();
  for (let ms = budget.waitMs(performance.now()); ms > 0; ms = budget.waitMs(performance.now())) {
    // Given up while it waits: the request itself then tells so.
    const isOver = await delay(ms, false, { signal }).catch(() => true);
    if (isOver) break;
  }
  const result = await request();
  budget.answered(performance.now());
  return result;
}
