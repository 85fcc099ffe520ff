import sharp from 'sharp';
import { expect, test } from 'vitest';
import { parseFault } from '../../source/demo/faults.ts';
import { fault, get, outputsOf, post, startWebUi, txt2img, untilProgress } from './webui-fixture.ts';

test('reads the grammar', () => {
  expect(fault('502@5x3')).toEqual({ kind: '502', from: { generation: 5 }, count: 3, value: null });
  expect(fault('hang@4:10')).toEqual({ kind: 'hang', from: { generation: 4 }, count: 1, value: 10 });
  expect(fault('slow@10x*:1.02')).toMatchObject({ count: Number.POSITIVE_INFINITY, value: 1.02 });
  expect(fault('nan@+2')).toMatchObject({ from: { next: 2 } });
  expect(fault('black')).toMatchObject({ from: { next: 1 }, count: 1 });
  expect(fault('starting:5')).toMatchObject({ from: 'now', value: 5 });
});

test.each([
  ['gone', 'There is no fault "gone".'],
  ['502@', '"502@" is not a fault. Write KIND[@GENERATION[xCOUNT]][:VALUE]'],
  ['502@0', 'counted from 1'],
  ['nan:3', 'nan takes no value'],
  ['slow', 'slow needs its value (factor): slow:N.'],
  ['starting@1x2:3', 'goes on by itself'],
  ['constructor', 'There is no fault'],
])('says what is wrong with "%s"', (text, words) => {
  expect(parseFault(text)).toEqual({ problem: expect.stringContaining(words) });
});

const noGrids = { return_grid: false, grid_save: false };
const saved = { save_images: true, override_settings: noGrids };

test('befalls just the generations that it names', async () => {
  const webUi = await startWebUi({ faults: [fault('500@2x2')] });
  const statuses: number[] = [];
  for (let index = 0; index < 4; index += 1) statuses.push((await txt2img(webUi)).status);
  expect(statuses).toEqual([200, 500, 500, 200]);
});

test('memory runs out, and is counted', async () => {
  const webUi = await startWebUi({ faults: [fault('out-of-memory')] });
  expect(await txt2img(webUi)).toMatchObject({
    status: 500,
    body: { error: 'OutOfMemoryError', detail: '', errors: expect.stringContaining('CUDA out of memory') },
  });
  expect((await get(webUi, '/sdapi/v1/memory')).body).toMatchObject({ cuda: { events: { oom: 1 } } });
  expect((await txt2img(webUi)).status).toBe(200);
});

test('NaNs and black images', async () => {
  const webUi = await startWebUi({ faults: [fault('nan@1'), fault('black@2')] });
  expect(await txt2img(webUi)).toMatchObject({
    status: 500,
    body: {
      error: 'NansException',
      errors: expect.stringContaining('A tensor with NaNs was produced in Unet.'),
    },
  });
  const { status, images } = await txt2img(webUi);
  const { channels } = await sharp(images[0]).stats();
  expect([status, Math.max(...channels.map(({ max }) => max))]).toEqual([200, 0]);
});

test('a generation hangs at its step, through an interrupt, until the faults are cleared', async () => {
  const webUi = await startWebUi({ faults: [fault('hang@1:2')] });
  const generation = txt2img(webUi, { n_iter: 2 });
  await untilProgress(webUi, ({ state }) => state.sampling_step === 2);
  await post(webUi, '/sdapi/v1/interrupt');
  const waiting = txt2img(webUi);
  await expect.poll(() => webUi.stats().outstanding).toBe(2);
  expect((await untilProgress(webUi, () => true)).state).toMatchObject({
    sampling_step: 2,
    interrupted: true,
  });
  webUi.clearFaults();
  expect((await generation).status).toBe(200);
  expect((await waiting).status).toBe(200);
});

test.each([
  ['502', 502, 0],
  ['504', 504, 1],
])('a %s comes as a page of the proxy', async (kind, status, savedCount) => {
  const webUi = await startWebUi({ faults: [fault(kind)] });
  const answer = await post(webUi, '/sdapi/v1/txt2img', { width: 64, height: 64, steps: 2, ...saved });
  expect(answer).toMatchObject({ status, body: expect.stringContaining('<center>nginx</center>') });
  expect(answer.headers.get('content-type')).toBe('text/html');
  expect(await outputsOf(webUi)).toHaveLength(savedCount);
});

test('busy and rate-limited are refused at once', async () => {
  const webUi = await startWebUi({ faults: [fault('503@1'), fault('429@2:7')] });
  expect((await txt2img(webUi)).status).toBe(503);
  const limited = await post(webUi, '/sdapi/v1/txt2img', {});
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
  expect(webUi.stats().generationCount).toBe(0);
});

test.each([
  ['reset', 0],
  ['reset-before-saving', 0],
  ['reset-after-saving', 1],
])('%s cuts the connection with %i image saved', async (kind, savedCount) => {
  const webUi = await startWebUi({ faults: [fault(kind)] });
  await expect(txt2img(webUi, saved)).rejects.toThrow('fetch failed');
  expect(await outputsOf(webUi)).toHaveLength(savedCount);
  expect((await txt2img(webUi, saved)).status).toBe(200);
});

test('answers are truncated or no JSON', async () => {
  const webUi = await startWebUi({ faults: [fault('truncated-json@1'), fault('invalid-json@2')] });
  await expect(txt2img(webUi)).rejects.toThrow('terminated');
  const { status, body } = await post(webUi, '/sdapi/v1/txt2img', { width: 64, height: 64, steps: 2 });
  expect([status, typeof body]).toEqual([200, 'string']);
});

test('another checkpoint runs without a word, and no images come', async () => {
  const webUi = await startWebUi({ faults: [fault('wrong-checkpoint@1'), fault('no-images@2')] });
  expect((await txt2img(webUi)).info.sd_model_name).not.toBe('demo-landscape');
  expect(await txt2img(webUi, saved)).toMatchObject({ status: 200, images: [], info: { all_seeds: [42] } });
  expect((await txt2img(webUi)).info.sd_model_name).toBe('demo-landscape');
});

test('a full disk leaves a partial file behind', async () => {
  const webUi = await startWebUi({ faults: [fault('disk-full')] });
  const { status, body } = await txt2img(webUi, saved);
  expect(status).toBe(500);
  expect(body).toMatchObject({
    error: 'OSError',
    errors: expect.stringContaining('No space left on device'),
  });
  expect(await outputsOf(webUi)).toEqual([expect.stringMatching(/00000-42\.tmp$/)]);
});

test('drifts slower, generation by generation', async () => {
  const webUi = await startWebUi({ durationMs: 20, faults: [fault('slow@1x*:2')] });
  for (let index = 0; index < 3; index += 1) await txt2img(webUi);
  const spans = webUi.stats().requests.map(({ startedAt, endedAt }) => (endedAt ?? 0) - (startedAt ?? 0));
  for (const [index, span] of spans.entries()) expect(span).toBeGreaterThan(20 * 2 ** (index + 1) * 0.9);
});

test('hides and closes the API for a while', async () => {
  const starting = await startWebUi({ faults: [fault('starting:0.1')] });
  expect((await get(starting, '/sdapi/v1/options')).status).toBe(404);
  expect((await get(starting, '/')).status).toBe(200);
  await expect.poll(async () => (await get(starting, '/sdapi/v1/options')).status).toBe(200);
  const closed = await startWebUi({ faults: [fault('unauthorised:0.1')] });
  expect((await get(closed, '/sdapi/v1/options')).status).toBe(401);
  await expect.poll(async () => (await get(closed, '/sdapi/v1/options')).status).toBe(200);
});

test('is controlled over its own path', async () => {
  const webUi = await startWebUi({ auth: 'rig:secret' });
  expect(await post(webUi, '/demo/faults', { add: 'latency:50' })).toMatchObject({ status: 200, body: {} });
  const before = performance.now();
  await get(webUi, '/internal/ping');
  expect(performance.now() - before).toBeGreaterThanOrEqual(49);
  expect((await get(webUi, '/demo/faults', { method: 'DELETE' })).status).toBe(200);
  const again = performance.now();
  await get(webUi, '/internal/ping');
  expect(performance.now() - again).toBeLessThan(45);
  expect(await post(webUi, '/demo/faults', { add: 'nonsense' })).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining('There is no fault "nonsense"') },
  });
  expect((await get(webUi, '/demo/stats')).body).toMatchObject({ generationCount: 0, maxOutstanding: 0 });
});

test('memory leaks with each image, whoever asks', async () => {
  const webUi = await startWebUi({ faults: [fault('memory-leak:500')] });
  const ramUsed = async () =>
    ((await get(webUi, '/sdapi/v1/memory')).body as { ram: { used: number } }).ram.used;
  const before = await ramUsed();
  await txt2img(webUi, { batch_size: 4 });
  expect((await ramUsed()) - before).toBeGreaterThan(1.9e9);
  for (let count = 0; count < 4; count++) await txt2img(webUi, { batch_size: 16 });
  // There is no more than all.
  expect(await ramUsed()).toBe(32 * 1024 ** 3);
});

test('a generation that stands still goes on when it is interrupted', async () => {
  const webUi = await startWebUi({ faults: [fault('stall@1:2')] });
  const generation = txt2img(webUi);
  await untilProgress(webUi, ({ state }) => state.sampling_step === 2);
  await post(webUi, '/sdapi/v1/interrupt');
  expect((await generation).status).toBe(200);
});
