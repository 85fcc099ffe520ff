import { expect, test } from 'vitest';
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

test('shows a preview every ten steps unless it is told not to', async () => {
  const webUi = await startWebUi({ stepMs: 30 });
  const generation = txt2img(webUi, { steps: 16 });
  await untilProgress(webUi, ({ state }) => Number(state.sampling_step) >= 10);
  const { current_image: preview } = await progressOf(webUi, '');
  expect(Buffer.from(preview ?? '', 'base64').readUInt32BE(16)).toBe(16);
  expect((await progressOf(webUi)).current_image).toBeNull();
  await generation;
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
