/**
 * Does work under a signal that ends it after so many ms (with a `TimeoutError`), or with `signal`. Unlike `AbortSignal.timeout`, no timer
 * is left behind that wakes the process long after the work is done.
 */
export async function withDeadline<T>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(new DOMException('No answer in time.', 'TimeoutError')), ms);
  timer.unref();
  const passOn = () => ending.abort(signal?.reason);
  if (signal?.aborted) passOn();
  signal?.addEventListener('abort', passOn, { once: true });
  try {
    return await work(ending.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', passOn);
  }
}
