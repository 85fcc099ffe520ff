import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { MemoryUse } from '../../source/generation/webui.ts';
import { createMemoryWatch } from '../../source/runner/memory-watch.ts';
import type { WebUiClient } from '../../source/webui/client.ts';
import { waitFor } from '../helpers/wait-for.ts';

const use: MemoryUse = { ramUsed: 1e9, ramTotal: 8e9, vramUsed: 2e9, vramTotal: 24e9 };

/** A WebUI whose memory is told when the test says so. */
function openWatch(intervalMs: number) {
  const waiting: (() => void)[] = [];
  let askedCount = 0;
  let changeCount = 0;
  const client = {
    url: 'http://192.0.2.1:7860',
    readMemory() {
      askedCount++;
      const { promise, resolve } = Promise.withResolvers<{ ok: true; value: MemoryUse }>();
      waiting.push(() => resolve({ ok: true, value: use }));
      return promise;
    },
  } as unknown as WebUiClient;
  const watch = createMemoryWatch({
    onChange: () => void changeCount++,
    imageCount: () => 1,
    lowFromShare: null,
    onLow: () => undefined,
    intervalMs,
  });
  watch.open(client);
  onTestFinished(() => watch.close());
  return {
    watch,
    client,
    askedCount: () => askedCount,
    outCount: () => waiting.length,
    changeCount: () => changeCount,
    async answer() {
      for (const tell of waiting.splice(0)) tell();
      await turn();
    },
  };
}

test('a loop that rests and goes on while a question is out has one question out from then on', async () => {
  const { watch, askedCount, outCount, answer } = openWatch(20);
  watch.setActive(true);
  for (let count = 1; count <= 5; count++) {
    await waitFor(() => askedCount() === count);
    watch.setActive(false);
    watch.setActive(true);
  }
  await waitFor(() => askedCount() === 6);
  await answer();
  expect(watch.latest()).toEqual(use);
  // Those that go on would all do so in this turn.
  await waitFor(() => outCount() > 0);
  expect(outCount()).toBe(1);
});

test('another WebUI is asked although the question to the one before is still out', async () => {
  const { watch, client, askedCount, answer, changeCount } = openWatch(20);
  watch.setActive(true);
  await waitFor(() => askedCount() === 1);
  watch.open({ ...client });
  await answer();
  expect(changeCount()).toBe(0);
  await waitFor(() => askedCount() === 2);
  await answer();
  expect(changeCount()).toBe(1);
});
