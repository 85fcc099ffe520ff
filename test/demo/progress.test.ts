import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { BuiltInWebUi } from '../../source/demo/built-in-webui.ts';
import {
  fault,
  get,
  outputsOf,
  post,
  progressOf,
  startWebUi,
  txt2img,
  untilProgress,
} from './webui-fixture.ts';

test('tells of nothing before the first generation', async () => {
  const webUi = await startWebUi();
  expect(await progressOf(webUi)).toEqual({
    progress: 0,
    eta_relative: 0,
    state: {
      skipped: false,
      interrupted: false,
      stopping_generation: false,
      job: '',
      job_count: 0,
      job_timestamp: '0',
      job_no: 0,
      sampling_step: 0,
      sampling_steps: 0,
    },
    current_image: null,
    textinfo: null,
  });
});

test('counts steps from 0 with an offset of 0.01', async () => {
  const webUi = await startWebUi({ faults: [fault('hang@1:2')] });
  const generation = txt2img(webUi, { n_iter: 2 });
  const { progress, eta_relative, state } = await untilProgress(
    webUi,
    ({ state }) => state.sampling_step === 2,
  );
  expect(state).toMatchObject({ job: 'Batch 1 out of 2', job_no: 0, job_count: 2, sampling_steps: 4 });
  expect(progress).toBeCloseTo(0.01 + 0 / 2 + 2 / (4 * 2));
  expect(eta_relative).toBeGreaterThan(0);
  webUi.clearFaults();
  await generation;
});

test('counts batches, and jumps by one share with each', async () => {
  const webUi = await startWebUi({ stepMs: 40 });
  const generation = txt2img(webUi, { n_iter: 2, steps: 2 });
  const { progress, state } = await untilProgress(webUi, ({ state }) => state.job_no === 1);
  expect(state.job_count).toBe(2);
  expect(progress).toBeCloseTo(0.51);
  await generation;
});

test('says -1 jobs at 0.01 while a checkpoint is being loaded', async () => {
  const webUi = await startWebUi({
    checkpoints: [
      { path: 'first.safetensors', loadMs: 0 },
      { path: 'second.safetensors', loadMs: 200 },
    ],
  });
  const generation = txt2img(webUi, { override_settings: { sd_model_checkpoint: 'second' } });
  const loading = await untilProgress(webUi, ({ state }) => state.job_count === -1);
  expect(loading).toMatchObject({ progress: 0.01, state: { job: 'scripts_txt2img', sampling_step: 0 } });
  expect((await generation).info.sd_model_name).toBe('second');
});

test('looks idle while the first checkpoint of all is loaded', async () => {
  const webUi = await startWebUi({ checkpoints: [{ path: 'slow.safetensors', loadMs: 400 }] });
  const generation = txt2img(webUi);
  await expect.poll(() => webUi.stats().requests[0]?.startedAt ?? null, { interval: 2 }).not.toBeNull();
  expect((await progressOf(webUi)).state).toMatchObject({ job: '', job_count: 0 });
  expect((await generation).status).toBe(200);
});

test('keeps the counters and flags of the last generation, and its timestamp joins state and answer', async () => {
  const webUi = await startWebUi({ now: () => new Date(2026, 10, 22, 19, 51, 43).getTime() });
  const { info } = await txt2img(webUi);
  expect(info.job_timestamp).toBe('20261122195143');
  const { progress, state } = await progressOf(webUi);
  expect(progress).toBe(0);
  expect(state).toMatchObject({
    job_timestamp: '20261122195143',
    job_no: 1,
    sampling_step: 0,
    sampling_steps: 4,
  });
});

describe('the live preview', () => {
  const imageOf = async (webUi: BuiltInWebUi) =>
    Buffer.from((await progressOf(webUi, '')).current_image ?? '', 'base64');

  const set = (webUi: BuiltInWebUi, options: object) => post(webUi, '/sdapi/v1/options', options);

  /** A generation that stands still after the step, until the test ends. */
  async function still(step: number, options: object = {}, request: object = {}): Promise<BuiltInWebUi> {
    const webUi = await startWebUi({ faults: [fault(`hang@1:${step}`)] });
    await set(webUi, options);
    void txt2img(webUi, { steps: 16, width: 128, height: 64, ...request }).catch(() => undefined);
    await untilProgress(webUi, ({ state }) => state.sampling_step === step);
    return webUi;
  }

  test('comes every ten steps, a quarter of the size, and only to those who ask', async () => {
    const webUi = await still(10);
    expect((await progressOf(webUi)).current_image).toBeNull();
    expect(webUi.stats().previewCount).toBe(0);
    await expect.poll(() => imageOf(webUi)).not.toHaveLength(0);
    const image = await imageOf(webUi);
    expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([32, 16]);
    expect(webUi.stats().previewCount).toBe(2);
    expect((await imageOf(await still(9))).length).toBe(0);
  });

  test('is an unfinished version of the picture, the nearer to it the later', async () => {
    const generation = { steps: 16, width: 128, height: 64 };
    const finished = await txt2img(await startWebUi(), generation);
    const small = (png: Buffer) => sharp(png).resize(32, 16).removeAlpha().raw().toBuffer();
    const picture = await small(finished.images[0] as Buffer);
    const distance = async (step: number) => {
      const webUi = await still(step, { show_progress_every_n_steps: 1 });
      await expect.poll(() => imageOf(webUi)).not.toHaveLength(0);
      const pixels = await small(await imageOf(webUi));
      return pixels.reduce((sum, value, index) => sum + Math.abs(value - (picture[index] ?? 0)), 0);
    };
    const [early, late] = [await distance(2), await distance(14)];
    expect(late).toBeLessThan(early);
    expect(early / picture.length).toBeLessThan(64);
  });

  test('shows the whole batch as a grid, in the format of the images', async () => {
    const webUi = await still(10, { samples_format: 'jpg' }, { batch_size: 4 });
    await expect.poll(() => imageOf(webUi)).not.toHaveLength(0);
    expect(await sharp(await imageOf(webUi)).metadata()).toMatchObject({
      format: 'jpeg',
      width: 64,
      height: 32,
    });
    await set(webUi, { show_progress_grid: false });
    expect(await sharp(await imageOf(webUi)).metadata()).toMatchObject({ width: 32, height: 16 });
  });

  test('is not made where it is off', async () => {
    const webUi = await still(10, { live_previews_enable: false });
    expect((await imageOf(webUi)).length).toBe(0);
    expect(webUi.stats().previewCount).toBe(0);
  });

  test('comes with -1 only once a batch is over', async () => {
    const webUi = await startWebUi({ faults: [fault('hang@1:12')] });
    await set(webUi, { show_progress_every_n_steps: -1 });
    const generation = txt2img(webUi, { steps: 16, n_iter: 2 });
    await untilProgress(webUi, ({ state }) => state.sampling_step === 12);
    expect((await imageOf(webUi)).length).toBe(0);
    webUi.clearFaults();
    await generation;
    const second = await startWebUi({ stepMs: 30 });
    await set(second, { show_progress_every_n_steps: -1 });
    const two = txt2img(second, { steps: 8, n_iter: 2 });
    await untilProgress(second, ({ state }) => state.job_no === 1);
    expect((await imageOf(second)).length).toBeGreaterThan(0);
    await two;
    expect((await imageOf(second)).length).toBe(0);
  });

  test('is, in a format that it cannot be made in, an error that says so', async () => {
    const webUi = await still(10, { samples_format: 'avif' });
    await expect.poll(async () => (await get(webUi, '/sdapi/v1/progress')).status).toBe(500);
    expect((await get(webUi, '/sdapi/v1/progress?skip_current_image=true')).status).toBe(200);
  });
});

test('an interrupt returns what there is with 200, saves nothing of it and leaves the next one alone', async () => {
  const webUi = await startWebUi({ stepMs: 60 });
  const first = txt2img(webUi, { n_iter: 2, save_images: true });
  await untilProgress(webUi, ({ state }) => state.job_count === 2);
  const second = txt2img(webUi, { seed: 7 });
  await expect.poll(() => webUi.stats().outstanding, { interval: 2 }).toBe(2);
  expect((await post(webUi, '/sdapi/v1/interrupt')).body).toEqual({});
  const { status, images, info } = await first;
  expect([status, images.length, info.all_seeds]).toEqual([200, 1, [42, 43]]);
  expect(await outputsOf(webUi)).toEqual([]);
  expect((await second).images).toHaveLength(1);
  expect((await progressOf(webUi)).state.interrupted).toBe(false);
});

test('an interrupt before the first batch returns no image', async () => {
  const webUi = await startWebUi({
    checkpoints: [
      { path: 'first.safetensors', loadMs: 0 },
      { path: 'second.safetensors', loadMs: 200 },
    ],
  });
  const generation = txt2img(webUi, { override_settings: { sd_model_checkpoint: 'second' } });
  await untilProgress(webUi, ({ state }) => state.job_count === -1);
  await post(webUi, '/sdapi/v1/interrupt');
  const { status, images, info } = await generation;
  expect([status, images, (info.infotexts as unknown[]).length]).toEqual([200, [], 1]);
});

test('an interrupt of nothing is lost', async () => {
  const webUi = await startWebUi();
  await post(webUi, '/sdapi/v1/interrupt');
  expect((await txt2img(webUi, { n_iter: 2 })).images).toHaveLength(2);
});

test('a skip gives up the running batch alone', async () => {
  const webUi = await startWebUi({ stepMs: 60, now: () => new Date(2026, 10, 22).getTime() });
  const generation = txt2img(webUi, {
    n_iter: 2,
    save_images: true,
    override_settings: { return_grid: false, grid_save: false },
  });
  await untilProgress(webUi, ({ state }) => state.job_count === 2);
  expect((await post(webUi, '/sdapi/v1/skip')).body).toBeNull();
  expect((await generation).images).toHaveLength(2);
  expect(await outputsOf(webUi)).toEqual(['txt2img-images/2026-11-22/00000-43.png']);
});

test('tells of a task by its id', async () => {
  const webUi = await startWebUi({ stepMs: 60 });
  const ask = async (id: string) => (await post(webUi, '/internal/progress', { id_task: id })).body;
  const running = txt2img(webUi, { force_task_id: 'one' });
  const waiting = txt2img(webUi, { force_task_id: 'two' });
  await untilProgress(webUi, ({ state }) => state.job_count === 1);
  expect(await ask('one')).toMatchObject({ active: true, queued: false, completed: false });
  expect(await ask('two')).toMatchObject({
    active: false,
    queued: true,
    textinfo: 'In queue: 1/1',
    progress: null,
  });
  expect((await get(webUi, '/internal/pending-tasks')).body).toEqual({ size: 1, tasks: ['two'] });
  await Promise.all([running, waiting]);
  expect(await ask('one')).toMatchObject({ active: false, completed: true, textinfo: 'Waiting...' });
});
