import { describe, expect, test, vi } from 'vitest';
import { withDeadline } from '../../source/webui/with-deadline.ts';

/** Work that goes on until its signal ends it, and tells why. */
const endless = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
  });

describe('work with a deadline', () => {
  test('is ended when its time is over', async () => {
    await expect(withDeadline(5, undefined, endless)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('is ended with the other signal, for its reason', async () => {
    const other = new AbortController();
    const work = withDeadline(60_000, other.signal, endless);
    other.abort(new Error('left'));
    await expect(work).rejects.toThrow('left');
    await expect(withDeadline(60_000, other.signal, endless)).rejects.toThrow('left');
  });

  test('leaves no timer and no listener behind', async () => {
    vi.useFakeTimers();
    try {
      const other = new AbortController();
      const removed = vi.spyOn(other.signal, 'removeEventListener');
      expect(await withDeadline(60_000, other.signal, async () => 'done')).toBe('done');
      expect(vi.getTimerCount()).toBe(0);
      expect(removed).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });
});
