import { expect, test } from 'vitest';
import { chanceFrom } from '../../source/demo/chance.ts';
import { stepDurationOf } from '../../source/demo/sampling.ts';
import { post, startWebUi, txt2img } from './webui-fixture.ts';

test('serves requests one at a time in the order of arrival', async () => {
  // The first must still run when the last arrives.
  const webUi = await startWebUi({ durationMs: 500 });
  const requests: Promise<unknown>[] = [];
  for (const seed of [1, 2, 3, 4]) {
    requests.push(txt2img(webUi, { seed }));
    await expect.poll(() => webUi.stats().requests.length, { interval: 2 }).toBe(seed);
  }
  await Promise.all(requests);
  const { requests: records, maxOutstanding, generationCount } = webUi.stats();
  expect(records.map(({ seeds }) => seeds)).toEqual([[1], [2], [3], [4]]);
  for (const [index, record] of records.entries()) {
    const previous = records[index - 1];
    expect(record.startedAt).toBeGreaterThanOrEqual(previous?.endedAt ?? 0);
  }
  expect([maxOutstanding, generationCount]).toEqual([4, 4]);
});

test('measures how long the GPU was busy and idle between the first start and the last end', async () => {
  const webUi = await startWebUi({ durationMs: 60 });
  await Promise.all([txt2img(webUi), txt2img(webUi)]);
  const { busyMs, idleMs } = webUi.stats();
  expect(busyMs).toBeGreaterThanOrEqual(118);
  expect(idleMs).toBeLessThan(30);
  await new Promise((resolve) => setTimeout(resolve, 40));
  await txt2img(webUi);
  expect(webUi.stats().idleMs).toBeGreaterThanOrEqual(38);
});

test('a smaller batch takes less where the time is that of an image', () => {
  const machine = { pace: { stepMs: 120, durationMs: null, imageMs: 40 }, chance: chanceFrom(1) };
  const durationOf = (batchSize: number, batchCount: number) =>
    batchCount *
    20 *
    stepDurationOf({ steps: 20, batchSize, batchCount, hires: null }, machine, { valueOf: () => null });
  expect(durationOf(4, 1)).toBeCloseTo(160);
  expect(durationOf(1, 1)).toBeCloseTo(40);
  expect(durationOf(2, 2)).toBeCloseTo(160);
});

test('durations between two bounds follow from the seed', () => {
  const durations = (seed: number) => {
    const machine = {
      pace: { stepMs: 120, durationMs: [10, 90] as const, imageMs: null },
      chance: chanceFrom(seed),
    };
    const job = { steps: 20, batchSize: 1, batchCount: 1, hires: null };
    return [1, 2, 3].map(() => 20 * stepDurationOf(job, machine, { valueOf: () => null }));
  };
  expect(durations(3)).toEqual(durations(3));
  expect(durations(3)).not.toEqual(durations(4));
  expect(new Set(durations(3)).size).toBe(3);
  for (const duration of durations(3)) expect(Math.abs(duration - 50)).toBeLessThanOrEqual(40);
});

test('a checkpoint selected in the options waits for the running generation', async () => {
  const webUi = await startWebUi({ durationMs: 80 });
  const order: string[] = [];
  const generation = txt2img(webUi).then(() => order.push('generation'));
  await expect.poll(() => webUi.stats().requests[0]?.startedAt ?? null, { interval: 2 }).not.toBeNull();
  await Promise.all([
    generation,
    post(webUi, '/sdapi/v1/options', { sd_model_checkpoint: 'demo-noir-fp16' }).then(() =>
      order.push('options'),
    ),
    post(webUi, '/sdapi/v1/refresh-checkpoints').then(() => order.push('refresh')),
  ]);
  expect(order[0]).toBe('generation');
  expect((await txt2img(webUi)).info.sd_model_name).toBe('demo-noir-fp16');
});

test('adds half of the latency before and half after an exchange', async () => {
  const webUi = await startWebUi({ latencyMs: 60 });
  const before = performance.now();
  const requestedAt = performance.timeOrigin + before;
  await txt2img(webUi);
  const answeredAt = performance.timeOrigin + performance.now();
  const [record] = webUi.stats().requests;
  expect((record?.arrivedAt ?? 0) - requestedAt).toBeGreaterThanOrEqual(29);
  expect(answeredAt - (record?.endedAt ?? 0)).toBeGreaterThanOrEqual(29);
});

test('closing ends everything at once, running and waiting generations included', async () => {
  const webUi = await startWebUi({ stepMs: 10_000 });
  const requests = [txt2img(webUi), txt2img(webUi)].map((request) =>
    request.catch((error: Error) => error.name),
  );
  await expect.poll(() => webUi.stats().outstanding).toBe(2);
  const before = performance.now();
  await webUi.close();
  expect(performance.now() - before).toBeLessThan(500);
  expect(await Promise.all(requests)).toEqual(['TypeError', 'TypeError']);
});
