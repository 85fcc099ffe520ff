import { expect, test } from 'vitest';
import { loopInTest } from './loop-in-test.ts';

const goal = (count: number) => ({ goal: { kind: 'images', count } as const });
const seeds = (count: number) => Array.from({ length: count }, (_, index) => 1000 + index);

test.concurrent('a WebUI that hangs for good restarts itself, without any command, and each seed is made once', async (context) => {
  const loop = await loopInTest(
    {
      apiServerStop: 'by-script',
      faults: ['hang@3:2'],
      hangPatience: 0.02,
      durationMs: 400,
    },
    context,
  );
  loop.start(goal(12));
  await loop.until(() => loop.of('stopped').length > 0, 50_000);
  expect(loop.of('failure').map(({ measure }) => measure?.kind)).toEqual(['interrupt', 'reconnect']);
  expect(loop.of('restarting')).toMatchObject([{ way: 'itself', reason: { kind: 'hung' } }]);
  expect(loop.webUi.restartCount()).toBe(1);
  const told = loop.of('image').map(({ image }) => image.seed);
  expect(told.toSorted()).toEqual(seeds(12));
  const texts = loop.runner.getSnapshot().messages.map(({ text }) => text);
  expect(texts.some((text) => /hangs.* The WebUI is asked to restart itself\.$/.test(text))).toBe(true);
}, 60_000);

test.concurrent('a WebUI whose memory fills restarts itself between two generations', async (context) => {
  const loop = await loopInTest(
    {
      apiServerStop: 'by-script',
      faults: ['memory-leak:1000'],
      restartWhenRamShare: 0.5,
      durationMs: 300,
    },
    context,
  );
  loop.start(goal(40));
  await loop.until(() => loop.of('stopped').length > 0, 50_000);
  expect(loop.of('failure')).toEqual([]);
  expect(loop.of('restarting')).toMatchObject([{ way: 'itself', reason: { kind: 'memory-low' } }]);
  expect(loop.webUi.restartCount()).toBe(1);
  expect(loop.of('image').map(({ image }) => image.seed)).toEqual(seeds(40));
}, 60_000);

test.concurrent('one that cannot after all says why, and the loop goes on with it', async (context) => {
  const loop = await loopInTest(
    {
      apiServerStop: 'by-hand',
      faults: ['memory-leak:1000'],
      restartWhenRamShare: 0.5,
      durationMs: 100,
    },
    context,
  );
  loop.start(goal(40));
  await loop.until(() => loop.of('stopped').length > 0, 50_000);
  expect(loop.of('failure').map(({ failure }) => failure)).toEqual([
    { kind: 'restart-failed', detail: expect.stringContaining('not started by its script') },
  ]);
  expect(loop.of('image')).toHaveLength(40);
}, 60_000);

test.concurrent('that nothing can restart a WebUI is said as soon as it is met', async (context) => {
  const loop = await loopInTest({ restartWhenRamShare: 0.9 }, context);
  await loop.until(() =>
    loop.runner
      .getSnapshot()
      .messages.some(({ text }) => text.startsWith('--restart-when-ram has no way to restart the WebUI')),
  );
});
