import { existsSync, watch } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { outputsOf, post, progressOf, readPng, startWebUi, txt2img, untilProgress } from './webui-fixture.ts';

const noonOfTheDay = () => new Date(2026, 10, 22, 12).getTime();
const noGrids = { return_grid: false, grid_save: false };

test('answers with pictures whose size is cut to the grid of 8 and whose infotext says how they were made', async () => {
  const webUi = await startWebUi();
  const { status, images, info } = await txt2img(webUi, {
    width: 100,
    height: 72,
    negative_prompt: 'blurry',
  });
  expect(status).toBe(200);
  const picture = readPng(images[0] as Buffer);
  expect([picture.width, picture.height]).toEqual([96, 72]);
  const hash = /\[(\w{10})\]$/.exec(await titleOfFirst(webUi.url))?.[1];
  expect(picture.texts.parameters).toEqual({
    kind: 'tEXt',
    text: `a lighthouse\nNegative prompt: blurry\nSteps: 4, Sampler: Euler a, Schedule type: Automatic, CFG scale: 7.0, Seed: 42, Size: 100x72, Model hash: ${hash}, Model: demo-landscape, Version: sdloop-demo`,
  });
  expect(info).toMatchObject({
    all_seeds: [42],
    sd_model_name: 'demo-landscape',
    sd_model_hash: hash,
    sampler_name: 'Euler a',
    index_of_first_image: 0,
    version: 'sdloop-demo',
    infotexts: [picture.texts.parameters?.text],
  });
});

async function titleOfFirst(url: string): Promise<string> {
  const models = (await (await fetch(`${url}/sdapi/v1/sd-models`)).json()) as { title: string }[];
  return models.find(({ title }) => title.startsWith('demo-landscape'))?.title ?? '';
}

test('writes prompts beyond Latin-1 as iTXt', async () => {
  const webUi = await startWebUi();
  const { images } = await txt2img(webUi, { prompt: '海と灯台 — café' });
  const { parameters } = readPng(images[0] as Buffer).texts;
  expect(parameters?.kind).toBe('iTXt');
  expect(parameters?.text).toMatch(/^海と灯台 — café\nSteps: 4,/);
});

test('fills in the defaults of A1111', async () => {
  const webUi = await startWebUi({ stepMs: 0 });
  const { body, info } = await txtOfNothing(webUi);
  expect(info).toMatchObject({ steps: 50, width: 512, height: 512, sampler_name: 'Euler', cfg_scale: 7 });
  expect(body.parameters).toMatchObject({ prompt: '', seed: -1, batch_size: 1, save_images: false });
  expect(info.seed).toBeGreaterThanOrEqual(0);
});

async function txtOfNothing(webUi: Awaited<ReturnType<typeof startWebUi>>) {
  const { body } = await post(webUi, '/sdapi/v1/txt2img', {});
  const fields = body as Record<string, unknown>;
  return { body: fields, info: JSON.parse(String(fields.info)) as Record<string, unknown> };
}

test('the same prompt, seed and checkpoint give the same bytes, and each of them matters', async () => {
  const webUi = await startWebUi();
  const draw = async (request: Record<string, unknown>) =>
    (await txt2img(webUi, request)).images[0]?.toString('base64');
  const first = await draw({});
  expect(await draw({})).toBe(first);
  const others = [
    await draw({ seed: 43 }),
    await draw({ prompt: 'a forest' }),
    await draw({ override_settings: { sd_model_checkpoint: 'demo-noir-fp16' } }),
  ];
  expect(new Set([first, ...others]).size).toBe(4);
});

test('saves images numbered on from the highest number in the folder of the day', async () => {
  const webUi = await startWebUi({ now: noonOfTheDay });
  const request = {
    save_images: true,
    send_images: false,
    batch_size: 2,
    n_iter: 2,
    override_settings: noGrids,
  };
  const first = await txt2img(webUi, request);
  expect(first.images).toEqual([]);
  expect(first.info.all_seeds).toEqual([42, 43, 44, 45]);
  const day = 'txt2img-images/2026-11-22';
  expect(await outputsOf(webUi)).toEqual([
    `${day}/00000-42.png`,
    `${day}/00001-43.png`,
    `${day}/00002-44.png`,
    `${day}/00003-45.png`,
  ]);
  await writeFile(join(webUi.dataDirectory, 'outputs', day, '00041-somebody.txt'), '');
  await txt2img(webUi, { ...request, seed: 7, batch_size: 1, n_iter: 1 });
  expect(await outputsOf(webUi)).toContain(`${day}/00042-7.png`);
  const saved = await readFile(join(webUi.dataDirectory, 'outputs', day, '00001-43.png'));
  expect(readPng(saved).texts.parameters?.text).toContain('Seed: 43');
});

test('writes aside and renames, one image after the other and before the answer', async () => {
  const webUi = await startWebUi({ now: noonOfTheDay });
  const directory = join(webUi.dataDirectory, 'outputs/txt2img-images/2026-11-22');
  await mkdir(directory, { recursive: true });
  const changes: string[] = [];
  const watcher = watch(directory, (kind, name) => kind === 'rename' && changes.push(String(name)));
  await txt2img(webUi, { save_images: true, batch_size: 2, override_settings: noGrids });
  expect(existsSync(join(directory, '00001-43.png'))).toBe(true);
  const renamed = [
    '00000-42.tmp',
    '00000-42.tmp',
    '00000-42.png',
    '00001-43.tmp',
    '00001-43.tmp',
    '00001-43.png',
  ];
  await expect.poll(() => changes).toEqual(renamed);
  watcher.close();
});

test('a new day gets a new folder, in the middle of a generation too', async () => {
  let now = new Date(2026, 10, 22, 23, 59, 59).getTime();
  const webUi = await startWebUi({ now: () => now, stepMs: 20 });
  const request = { save_images: true, n_iter: 2, override_settings: noGrids };
  const generation = txt2img(webUi, request);
  await untilProgress(webUi, ({ state }) => state.job === 'Batch 2 out of 2');
  now += 2000;
  await generation;
  expect(await outputsOf(webUi)).toEqual([
    'txt2img-images/2026-11-22/00000-42.png',
    'txt2img-images/2026-11-23/00000-43.png',
  ]);
});

test('puts a grid first and saves it apart when more than one image is saved', async () => {
  const webUi = await startWebUi({ now: noonOfTheDay });
  const { images, info } = await txt2img(webUi, { save_images: true, batch_size: 2 });
  expect(images.map((image) => readPng(image).width)).toEqual([128, 64, 64]);
  expect(info.index_of_first_image).toBe(1);
  expect(info.all_seeds).toHaveLength(2);
  expect(info.infotexts).toHaveLength(3);
  expect(await outputsOf(webUi)).toContain('txt2img-grids/2026-11-22/grid-0000.png');
  const unsaved = await txt2img(webUi, { batch_size: 2 });
  expect(unsaved.images).toHaveLength(2);
});

test('a second pass doubles the jobs and the size', async () => {
  const webUi = await startWebUi();
  const request = { enable_hr: true, hr_scale: 2, hr_upscaler: 'Latent', denoising_strength: 0.5 };
  const { images } = await txt2img(webUi, request);
  expect(readPng(images[0] as Buffer).width).toBe(128);
  expect((await progressOf(webUi)).state.job_no).toBe(2);
  const incomplete = await txt2img(webUi, { enable_hr: true });
  expect(incomplete).toMatchObject({ status: 500, body: { error: 'TypeError' } });
});

test('sends and saves other formats, and refuses to send those that it cannot encode', async () => {
  const webUi = await startWebUi({ now: noonOfTheDay });
  await post(webUi, '/sdapi/v1/options', { samples_format: 'jpg' });
  const { images } = await txt2img(webUi, { prompt: '海', save_images: true });
  expect(images[0]?.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
  expect(await outputsOf(webUi)).toEqual(['txt2img-images/2026-11-22/00000-42.jpg']);
  expect(await commentOf(images[0] as Buffer)).toMatch(/^海\nSteps: 4, .*Version: sdloop-demo$/);
  await post(webUi, '/sdapi/v1/options', { samples_format: 'webp' });
  expect(await commentOf((await txt2img(webUi)).images[0] as Buffer)).toMatch(/^a lighthouse\nSteps: 4, /);
  await post(webUi, '/sdapi/v1/options', { samples_format: 'avif' });
  expect(await txt2img(webUi)).toMatchObject({ status: 500, body: { detail: 'Invalid image format' } });
});

/** The EXIF comment, which A1111 writes in big-endian UTF-16. */
async function commentOf(picture: Buffer): Promise<string> {
  const exif = (await sharp(picture).metadata()).exif ?? Buffer.alloc(0);
  const start = exif.indexOf('UNICODE\0') + 8;
  const end = start + Math.floor((exif.length - start) / 2) * 2;
  return Buffer.from(exif.subarray(start, end)).swap16().toString('utf16le');
}

test('a client that leaves does not stop its generation', async () => {
  const webUi = await startWebUi({ stepMs: 10, now: noonOfTheDay });
  const leaving = new AbortController();
  const request = fetch(`${webUi.url}/sdapi/v1/txt2img`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ width: 64, height: 64, steps: 4, seed: 5, save_images: true }),
    signal: leaving.signal,
  }).catch((error: Error) => error.name);
  await untilProgress(webUi, ({ state }) => state.job_count === 1);
  leaving.abort();
  expect(await request).toBe('AbortError');
  await expect.poll(() => outputsOf(webUi)).toEqual(['txt2img-images/2026-11-22/00000-5.png']);
});
