import { expect, onTestFinished, test, vi } from 'vitest';
import { createNotifier } from '../../source/gallery/notifier.ts';

function notifierInTest(isFollowed: () => boolean) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const notifier = createNotifier(isFollowed);
  onTestFinished(() => notifier.close());
  let toldCount = 0;
  notifier.subscribe(() => void toldCount++);
  return { notifier, toldCount: () => toldCount };
}

test('whoever follows is told of a burst at most every 100 ms, and of its end', async () => {
  const { notifier, toldCount } = notifierInTest(() => true);
  for (let at = 0; at < 1000; at += 10) {
    notifier.changed();
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(toldCount()).toBeGreaterThanOrEqual(9);
  expect(toldCount()).toBeLessThanOrEqual(12);
});

test('while nobody follows, each change is noted at once and no timer is set', () => {
  const { notifier, toldCount } = notifierInTest(() => false);
  notifier.changed();
  notifier.changed();
  expect(toldCount()).toBe(2);
  expect(vi.getTimerCount()).toBe(0);
});

test('whoever begins to follow misses nothing that was waiting', async () => {
  let isFollowed = true;
  const { notifier, toldCount } = notifierInTest(() => isFollowed);
  notifier.changed();
  isFollowed = false;
  notifier.changed();
  expect(toldCount()).toBe(1);
  isFollowed = true;
  notifier.changed();
  await vi.advanceTimersByTimeAsync(200);
  expect(toldCount()).toBe(2);
});
