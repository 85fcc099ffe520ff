import { expect, onTestFinished, test, vi } from 'vitest';
import { createProgressPoller, type PollOutcome } from '../../source/runner/progress-poller.ts';

function pollerInTest() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const polledAt: number[] = [];
  const startedAt = Date.now();
  let isWatched = true;
  let outcome: PollOutcome = 'done';
  const poller = createProgressPoller(
    async () => {
      polledAt.push(Date.now() - startedAt);
      return outcome;
    },
    () => isWatched,
  );
  onTestFinished(() => poller.close());
  return {
    poller,
    polledAt,
    answerWith(next: PollOutcome) {
      outcome = next;
    },
    watch(next: boolean) {
      isWatched = next;
      if (next) poller.hurry();
    },
  };
}

test('polls about once a second while somebody looks on, and rarely while nobody does', async () => {
  const { poller, polledAt, watch } = pollerInTest();
  poller.begin();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(polledAt.length).toBeGreaterThanOrEqual(9);
  watch(false);
  const before = polledAt.length;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(polledAt.length - before).toBeLessThanOrEqual(5);
});

test('whoever comes to look on sees progress within a second', async () => {
  const { poller, polledAt, watch } = pollerInTest();
  watch(false);
  poller.begin();
  await vi.advanceTimersByTimeAsync(7000);
  const before = polledAt.length;
  watch(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(polledAt.length).toBeGreaterThan(before);
});

test('a poll that the loop wants at a time comes then, whoever looks on', async () => {
  const { poller, polledAt, watch } = pollerInTest();
  watch(false);
  poller.begin();
  poller.time(Date.now() + 1500);
  await vi.advanceTimersByTimeAsync(1600);
  expect(polledAt).toEqual([1500]);
});

test('what another poll can fetch is asked for as soon as polls may be', async () => {
  const { poller, polledAt, answerWith } = pollerInTest();
  poller.begin();
  answerWith('more-to-ask');
  await vi.advanceTimersByTimeAsync(1600);
  expect(polledAt).toEqual([1000, 1500]);
});

test('nothing is polled while no request is out', async () => {
  const { poller, polledAt } = pollerInTest();
  poller.begin();
  poller.end();
  poller.hurry();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(polledAt).toEqual([]);
});
