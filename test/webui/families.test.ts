import { describe, expect, test } from 'vitest';
import type { WebUi } from '../../source/generation/webui.ts';
import { type Capture, madeUp, readCapture } from './capture.ts';
import { html, json, openClient, replay, startServer } from './scripted-server.ts';

const api = (name: string) => `/sdapi/v1/${name}`;

/** What every whole WebUI answers. */
const whole = [
  madeUp(api('options'), { sd_model_checkpoint: 'a', outdir_txt2img_samples: 'outputs/txt2img-images' }),
  madeUp(api('sd-models'), [{ title: 'a', model_name: 'a' }]),
  madeUp(api('samplers'), [{ name: 'Euler' }]),
];

const always = ['txt2img', 'options', 'sd-models', 'samplers', 'progress', 'reload-checkpoint'];

function openApi(names: readonly string[], fields: readonly string[] = []): Capture {
  const properties = Object.fromEntries(fields.map((name) => [name, {}]));
  return madeUp('/openapi.json', {
    paths: Object.fromEntries(names.map((name) => [api(name), {}])),
    components: { schemas: { StableDiffusionProcessingTxt2Img: { properties } } },
  });
}

async function probe(captures: readonly Capture[]): Promise<{ webUi: WebUi; asked: string[] }> {
  const { url, seen } = await startServer(replay(captures));
  const result = await openClient(url).probe();
  if (!result.ok) throw new Error(result.failure.detail);
  return { webUi: result.value, asked: seen.map(({ request }) => request) };
}

describe('the family of a whole WebUI', () => {
  test.each([
    ['a1111', openApi([...always, 'schedulers', 'hypernetworks'], ['scheduler'])],
    ['a1111', openApi([...always, 'hypernetworks'])],
    ['reforge', openApi([...always, 'schedulers', 'hypernetworks'], ['scheduler', 'hr_cfg'])],
    ['forge', openApi([...always, 'schedulers', 'sd-modules'], ['hr_cfg', 'hr_additional_modules'])],
    [
      'forge-neo',
      openApi([...always.filter((name) => name !== 'reload-checkpoint'), 'schedulers', 'sd-modules']),
    ],
    ['forge-classic', openApi(always)],
    ['sdnext', openApi([...always, 'schedulers', 'status', 'checkpoint'])],
  ])('is %s by its list of paths', async (family, schema) => {
    expect((await probe([...whole, schema])).webUi.family).toBe(family);
  });

  test.each([
    ['a1111', []],
    ['forge', [madeUp(api('sd-modules'), [])]],
    ['sdnext', [madeUp(api('status'), {}), madeUp(api('checkpoint'), null)]],
  ])('is %s by single paths where the list is missing', async (family, captures) => {
    expect((await probe([...whole, ...captures])).webUi.family).toBe(family);
  });

  test('is told by single paths where the list is of the proxy in front', async () => {
    const ofProxy = madeUp('/openapi.json', { paths: { '/health': {} } });
    const { webUi } = await probe([...whole, ofProxy, madeUp(api('sd-modules'), [])]);
    expect(webUi.family).toBe('forge');
  });
});

const koboldcpp = [
  '01-get-sd-models',
  '02-get-options',
  '03-get-samplers',
  '97-extra-version',
  '24-get-',
].map((name) => readCapture(`koboldcpp/${name}`));

const sdServer = [
  '01-get-sd-models',
  '02-get-options',
  '03-get-samplers',
  '04-get-schedulers',
  '24-get-',
].map((name) => readCapture(`sd-server/${name}`));

describe('an imitation', () => {
  test('KoboldCpp, as it answered: one image at a time, and nothing asked that it lacks', async () => {
    const { webUi, asked } = await probe(koboldcpp);
    expect(webUi).toMatchObject({
      family: 'koboldcpp',
      version: '1.76',
      canSave: false,
      hasProgress: false,
      hasInterrupt: false,
      maxInFlight: 1,
      limits: { batchSize: 1, batchCount: 1, steps: 80, lastSeed: 2_147_483_647 },
    });
    expect(asked.every((request) => request.startsWith('GET '))).toBe(true);
    expect(asked).not.toContain('GET /sdapi/v1/interrupt');
  });

  test('a KoboldCpp that tells progress', async () => {
    const state = { job_count: 0, job_no: 0, sampling_step: 0, sampling_steps: 0 };
    const { webUi } = await probe([...koboldcpp, madeUp(api('progress'), { state })]);
    expect(webUi.hasProgress).toBe(true);
  });

  test.each([
    ['by its capabilities', [madeUp('/sdcpp/v1/capabilities', {})], sdServer.slice(0, 4)],
    ['by its page', [], sdServer],
  ])("stable-diffusion.cpp's server, %s", async (_, more, captures) => {
    const { webUi } = await probe([...captures, ...more]);
    expect(webUi).toMatchObject({
      family: 'sd-cpp',
      schedulers: expect.arrayContaining(['karras']),
      hasProgress: false,
      canSave: false,
      maxInFlight: 1,
      limits: { batchSize: 8, batchCount: 1, lastSeed: 2_147_483_647 },
    });
  });

  test('one that says nothing of itself is asked for the least of all', async () => {
    const { webUi } = await probe(koboldcpp.slice(0, 3));
    expect(webUi).toMatchObject({
      family: 'other',
      canSave: false,
      maxInFlight: 1,
      limits: { batchSize: 1 },
    });
  });
});

test('SD.Next: samplers in the place of schedulers, and a folder below the common one', async () => {
  const { webUi } = await probe([
    madeUp(api('options'), {
      outdir_samples: '/data/outputs',
      outdir_txt2img_samples: 'text',
      samples_format: 'jpg',
      save_to_dirs: false,
    }),
    ...whole.slice(1),
    openApi([...always, 'schedulers', 'status', 'checkpoint']),
    madeUp(api('schedulers'), [{ name: 'Euler', cls: 'EulerDiscreteScheduler', options: {} }]),
  ]);
  expect(webUi).toMatchObject({
    family: 'sdnext',
    schedulers: [],
    outputDirectory: '/data/outputs/text',
    isOutputFollowable: true,
    maxInFlight: 1,
  });
});

test('SD.Next with seeds of its own choice within a batch is asked for one image at a time', async () => {
  const { webUi } = await probe([
    madeUp(api('options'), { outdir_txt2img_samples: 'outputs/text', sequential_seed: false }),
    ...whole.slice(1),
    openApi([...always, 'status', 'checkpoint']),
  ]);
  expect(webUi.limits).toMatchObject({ batchSize: 1, batchCount: 1, lastSeed: 4_294_967_295 });
});

test('Draw Things is recognised and refused', async () => {
  const { url } = await startServer(({ request }) =>
    request === 'GET /' ? json({ model: 'sd_v1.5_f16.ckpt', upscaler: null }) : html('', 404),
  );
  expect(await openClient(url).probe()).toMatchObject({
    ok: false,
    failure: { kind: 'not-a-webui', detail: expect.stringContaining('Draw Things') },
  });
});

describe('what a family lacks is never called', () => {
  test('KoboldCpp is asked neither for progress nor to look for checkpoints', async () => {
    const { url, seen } = await startServer(replay(koboldcpp));
    const client = openClient(url);
    await client.probe();
    seen.length = 0;
    expect(await client.readProgress()).toMatchObject({ ok: false, failure: { kind: 'api-off' } });
    expect(await client.refreshCheckpoints()).toEqual({ ok: true, value: null });
    expect(seen).toEqual([]);
  });
});
