import { setTimeout as delay } from 'node:timers/promises';

const usuallyEveryMs = 10;

/**
 * Resolves to the first value that is neither false nor null nor undefined; rejects after `timeoutMs`.
 * For things that send no event of their own; a terminal has its own `waitFor`.
 */
export async function waitFor<T>(
  read: () => T | Promise<T>,
  {
    timeoutMs = 5000,
    everyMs = usuallyEveryMs,
  }: {
    readonly timeoutMs?: number;
    /** Between two looks, ms: longer where a look is work, as a connection is. */
    readonly everyMs?: number;
  } = {},
): Promise<Exclude<T, false | null | undefined>> {
  const endAt = performance.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (isFound(value)) return value;
    if (performance.now() > endAt) throw new Error(`Waited ${timeoutMs} ms in vain for ${read}`);
    await delay(everyMs);
  }
}

function isFound<T>(value: T): value is Exclude<T, false | null | undefined> {
  return value !== false && value !== null && value !== undefined;
}
