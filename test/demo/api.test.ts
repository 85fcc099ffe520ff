import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fault, get, post, progressOf, startWebUi, txt2img, untilProgress } from './webui-fixture.ts';

type Model = { title: string; hash: string | null; filename: string };

async function modelsOf(webUi: Awaited<ReturnType<typeof startWebUi>>): Promise<Model[]> {
  return (await get(webUi, '/sdapi/v1/sd-models')).body as Model[];
}

test('titles gain their hash when a checkpoint is loaded, and the files exist', async () => {
  const webUi = await startWebUi();
  await txt2img(webUi);
  const before = await modelsOf(webUi);
  expect(before.every(({ filename }) => existsSync(filename))).toBe(true);
  expect(before.map(({ title }) => title.replace(/ \[\w{10}\]$/, ''))).toEqual([
    'demo-landscape.safetensors',
    'demo-neon-xl-v1.0.safetensors',
    'demo-noir-fp16.safetensors',
    '演示-水墨.safetensors',
    'anime/demo-pastel-mix_v2.safetensors',
  ]);
  expect(before.filter(({ hash }) => hash !== null)).toHaveLength(1);
  const pastel = { override_settings: { sd_model_checkpoint: 'anime/demo-pastel-mix_v2.safetensors' } };
  expect((await txt2img(webUi, pastel)).info.sd_model_name).toBe('anime_demo-pastel-mix_v2');
  const [, , , , loaded] = await modelsOf(webUi);
  expect(loaded?.title).toBe(`anime/demo-pastel-mix_v2.safetensors [${loaded?.hash}]`);
});

test('finds files that were put into the folder when it is told to look', async () => {
  const webUi = await startWebUi();
  await writeFile(join(webUi.dataDirectory, 'models/Stable-diffusion/zoo.safetensors'), 'x');
  expect((await modelsOf(webUi)).some(({ title }) => title === 'zoo.safetensors')).toBe(false);
  expect((await post(webUi, '/sdapi/v1/refresh-checkpoints')).body).toBeNull();
  expect((await modelsOf(webUi)).some(({ title }) => title === 'zoo.safetensors')).toBe(true);
});

test('a WebUI without checkpoints says so', async () => {
  const webUi = await startWebUi({ checkpoints: [] });
  expect(await modelsOf(webUi)).toEqual([]);
  expect(await txt2img(webUi)).toMatchObject({ status: 500, body: { error: 'FileNotFoundError' } });
});

test('has options by the hundred, and sets those that it knows', async () => {
  const webUi = await startWebUi();
  const options = (await get(webUi, '/sdapi/v1/options')).body as Record<string, unknown>;
  expect(Object.keys(options).length).toBeGreaterThan(100);
  expect(options).toMatchObject({
    outdir_txt2img_samples: 'outputs/txt2img-images',
    samples_format: 'png',
    save_to_dirs: true,
    directories_filename_pattern: '[date]',
  });
  const set = { sd_model_checkpoint: 'demo-noir-fp16', CLIP_stop_at_last_layers: 2 };
  expect(await post(webUi, '/sdapi/v1/options', set)).toMatchObject({ status: 200, body: null });
  const after = (await get(webUi, '/sdapi/v1/options')).body as Record<string, unknown>;
  expect(after.sd_model_checkpoint).toMatch(/^demo-noir-fp16\.safetensors \[\w{10}\]$/);
  expect(after.CLIP_stop_at_last_layers).toBe(2);
});

test('refuses unknown options and checkpoints as Python does', async () => {
  const webUi = await startWebUi();
  expect(await post(webUi, '/sdapi/v1/options', { no_such_option: 1 })).toMatchObject({
    status: 500,
    body: { error: 'KeyError', detail: '', body: '', errors: "'no_such_option'" },
  });
  expect(await post(webUi, '/sdapi/v1/options', { sd_model_checkpoint: 'no-such-model' })).toMatchObject({
    status: 500,
    body: { error: 'RuntimeError', errors: "model 'no-such-model' not found" },
  });
});

test('overrides last for one generation; an unknown checkpoint is dropped without a word', async () => {
  const webUi = await startWebUi();
  const noir = { override_settings: { sd_model_checkpoint: 'demo-noir-fp16' } };
  expect((await txt2img(webUi, noir)).info.sd_model_name).toBe('demo-noir-fp16');
  expect((await txt2img(webUi)).info.sd_model_name).toBe('demo-landscape');
  const unknown = { override_settings: { sd_model_checkpoint: 'no-such-model' } };
  expect(await txt2img(webUi, unknown)).toMatchObject({
    status: 200,
    info: { sd_model_name: 'demo-landscape' },
  });
  const kept = { ...noir, override_settings_restore_afterwards: false };
  await txt2img(webUi, kept);
  expect((await txt2img(webUi)).info.sd_model_name).toBe('demo-noir-fp16');
});

test('an override of an option that was never set leaks, and one that was set does not', async () => {
  const webUi = await startWebUi();
  const skipTwo = { override_settings: { CLIP_stop_at_last_layers: 2 } };
  await txt2img(webUi, skipTwo);
  expect((await txt2img(webUi)).info.clip_skip).toBe(2);
  await post(webUi, '/sdapi/v1/options', { CLIP_stop_at_last_layers: 1 });
  await txt2img(webUi, skipTwo);
  expect((await txt2img(webUi)).info.clip_skip).toBe(1);
});

test('an unknown sampler or scheduler is replaced, a joined old name is split', async () => {
  const webUi = await startWebUi();
  const infotext = async (request: object) => (await txt2img(webUi, { ...request })).info.infotexts;
  expect(await infotext({ sampler_name: 'nope' })).toEqual([
    expect.stringContaining('Sampler: DPM++ 2M, Schedule type: Karras'),
  ]);
  expect(await infotext({ scheduler: 'nope' })).toEqual([
    expect.stringContaining('Sampler: Euler a, Schedule type: Automatic'),
  ]);
  expect(await infotext({ sampler_name: 'DPM++ 2M Exponential' })).toEqual([
    expect.stringContaining('Sampler: DPM++ 2M, Schedule type: Exponential'),
  ]);
});

test('checks types as pydantic 2 does', async () => {
  const webUi = await startWebUi();
  const detail = async (body: unknown) => {
    const answer = await post(webUi, '/sdapi/v1/txt2img', body);
    expect(answer.status).toBe(422);
    return (answer.body as { detail: unknown[] }).detail;
  };
  expect(await detail({ width: 'abc' })).toEqual([
    {
      type: 'int_parsing',
      loc: ['body', 'width'],
      msg: 'Input should be a valid integer, unable to parse string as an integer',
      input: 'abc',
    },
  ]);
  expect(await detail({ width: 64.5, prompt: 5 })).toMatchObject([
    { type: 'string_type' },
    { type: 'int_from_float' },
  ]);
  expect(await detail('')).toEqual([{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }]);
  expect(await detail('{"prompt": "x", ')).toMatchObject([
    { type: 'json_invalid', msg: 'JSON decode error' },
  ]);
  expect(await detail([1, 2])).toMatchObject([{ type: 'model_attributes_type', input: [1, 2] }]);
  expect(webUi.stats().requests).toEqual([]);
  expect((await txt2img(webUi, { width: '96' })).info.width).toBe(96);
});

test('values that cannot be sampled fail as in Python', async () => {
  const webUi = await startWebUi();
  const errorOf = async (request: object) => (await txt2img(webUi, { ...request })).body.error;
  expect(await errorOf({ steps: 0 })).toBe('ZeroDivisionError');
  expect(await errorOf({ batch_size: 0 })).toBe('IndexError');
  expect(await errorOf({ width: null })).toBe('TypeError');
  expect(await errorOf({ width: 0 })).toBe('RuntimeError');
  expect(await errorOf({ override_settings: { no_such: 1 } })).toBe('KeyError');
  expect(await errorOf({ width: 8192, height: 8192 })).toBe('OutOfMemoryError');
  expect(await txt2img(webUi, { script_name: 'nope' })).toMatchObject({
    status: 422,
    body: { detail: "Script 'nope' not found" },
  });
  expect((await progressOf(webUi)).state.job).toBe('');
});

test('whatever goes wrong inside becomes a 500 and harms nobody else', async () => {
  const webUi = await startWebUi();
  const { status, body } = await txt2img(webUi, { width: 40_000, height: 8 });
  expect([status, typeof body.errors]).toEqual([500, 'string']);
  await rm(join(webUi.dataDirectory, 'models'), { recursive: true });
  expect((await post(webUi, '/sdapi/v1/refresh-checkpoints')).status).toBe(200);
  expect(await modelsOf(webUi)).toEqual([]);
});

test('asks for the password on the API alone, and its flags hold the password as on a real server', async () => {
  const webUi = await startWebUi({ auth: 'rig:secret' });
  const withAuth = (credentials: string) => ({ headers: { authorization: `Basic ${btoa(credentials)}` } });
  expect(await get(webUi, '/sdapi/v1/sd-models')).toMatchObject({
    status: 401,
    body: { detail: 'Not authenticated' },
  });
  expect(await get(webUi, '/sdapi/v1/sd-models', withAuth('rig:wrong'))).toMatchObject({
    status: 401,
    body: { detail: 'Incorrect username or password' },
  });
  const flags = await get(webUi, '/sdapi/v1/cmd-flags', withAuth('rig:secret'));
  expect(flags).toMatchObject({
    status: 200,
    body: { api_auth: 'rig:secret', data_dir: webUi.dataDirectory },
  });
  expect((await get(webUi, '/internal/ping')).body).toEqual({});
});

test('knows its paths and verbs', async () => {
  const webUi = await startWebUi();
  expect(await get(webUi, '/sdapi/v1/no-such-path')).toMatchObject({
    status: 404,
    body: { detail: 'Not Found' },
  });
  const wrongVerb = await get(webUi, '/sdapi/v1/txt2img');
  expect(wrongVerb).toMatchObject({ status: 405, body: { detail: 'Method Not Allowed' } });
  expect(wrongVerb.headers.get('allow')).toBe('POST');
  const { paths } = (await get(webUi, '/openapi.json')).body as { paths: object };
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/sdapi/v1/txt2img', '/sdapi/v1/schedulers']));
});

test('without an API there is still the page', async () => {
  const webUi = await startWebUi({ hasApi: false });
  expect(await get(webUi, '/sdapi/v1/options')).toMatchObject({ status: 404, body: { detail: 'Not Found' } });
  expect((await get(webUi, '/')).body).toContain('gradio');
});

test('has memory to tell of', async () => {
  const webUi = await startWebUi();
  const { ram, cuda } = (await get(webUi, '/sdapi/v1/memory')).body as {
    ram: Record<string, number>;
    cuda: { system: Record<string, number>; events: { oom: number } };
  };
  expect((ram.free ?? 0) + (ram.used ?? 0)).toBe(ram.total);
  expect(cuda.system.total).toBe(24 * 1024 ** 3);
  expect(cuda.events.oom).toBe(0);
});

describe('with --api-server-stop', () => {
  const restart = '/sdapi/v1/server-restart';

  test('it ends before it answers, and is there again with nothing of what it did', async () => {
    const webUi = await startWebUi({
      apiServerStop: 'by-script',
      restartMs: 0,
      faults: [fault('memory-leak:5000'), fault('hang@2:1')],
    });
    await txt2img(webUi);
    const hanging = txt2img(webUi).catch(() => 'cut');
    await untilProgress(webUi, ({ state }) => state.sampling_step === 1);
    await expect(post(webUi, restart)).rejects.toThrow('fetch failed');
    expect(await hanging).toBe('cut');
    await expect.poll(() => webUi.restartCount()).toBe(1);
    expect((await progressOf(webUi)).state).toMatchObject({ job: '', job_timestamp: '0' });
    const { body } = await get(webUi, '/sdapi/v1/memory');
    expect((body as { ram: { used: number } }).ram.used).toBeLessThan(7 * 1024 ** 3);
    expect((await txt2img(webUi)).status).toBe(200);
  });

  test('it says 501 where no script would start it again', async () => {
    const webUi = await startWebUi({ apiServerStop: 'by-hand' });
    expect(await post(webUi, restart)).toMatchObject({ status: 501, body: '' });
    expect((await get(webUi, '/sdapi/v1/cmd-flags')).body).toMatchObject({ api_server_stop: true });
  });

  test('and without it there is no such path', async () => {
    expect((await post(await startWebUi(), restart)).status).toBe(404);
  });
});
