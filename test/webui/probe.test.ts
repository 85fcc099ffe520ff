import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { widestLimits } from '../../source/generation/generation-limits.ts';
import { type Capture, madeUp, readCapture } from './capture.ts';
import { findClosedPort, html, json, listen, openClient, replay, startServer } from './scripted-server.ts';

const forge = [
  '01-get-sd-models',
  '02-get-options',
  '03-get-samplers',
  '04-get-schedulers',
  '12-get-face-restorers',
  '15-get-progress',
  '17-get-memory',
  '18-get-cmd-flags',
].map((name) => readCapture(`forge/${name}`));

const koboldcpp = ['01-get-sd-models', '02-get-options', '03-get-samplers', '24-get-'].map((name) =>
  readCapture(`koboldcpp/${name}`),
);

const sdServer = [
  '01-get-sd-models',
  '02-get-options',
  '03-get-samplers',
  '04-get-schedulers',
  '12-get-face-restorers',
].map((name) => readCapture(`sd-server/${name}`));

function found(name: string, body: unknown, status = 200): Capture {
  return madeUp(`/sdapi/v1/${name}`, body, status);
}

const wrongVerb = { detail: 'Method Not Allowed' };
const deeds = [found('interrupt', wrongVerb, 405), found('skip', wrongVerb, 405)];

async function probe(captures: readonly Capture[]) {
  const { url } = await startServer(replay(captures));
  return { url, result: await openClient(url).probe() };
}

describe('what a WebUI is and can do', () => {
  test('Forge, as it answered', async () => {
    const { url, result } = await probe([...forge, ...deeds, found('sd-modules', [])]);
    expect(result).toEqual({
      ok: true,
      value: {
        url,
        family: 'forge',
        version: null,
        checkpoints: [
          {
            title: 'random-sd15.safetensors [0ba8a68088]',
            name: 'random-sd15',
            hash: '0ba8a68088',
            filename: '/srv/sd/forge/models/Stable-diffusion/random-sd15.safetensors',
          },
        ],
        selectedCheckpoint: 'random-sd15.safetensors',
        samplers: expect.arrayContaining(['DPM++ 2M', 'Euler a', 'Euler', 'LCM']),
        schedulers: expect.arrayContaining(['Automatic', 'Karras', 'SGM Uniform']),
        hasProgress: true,
        livePreviews: { kind: 'on', everyStepCount: 10, everyMs: 1000 },
        hasInterrupt: true,
        hasSkip: true,
        hasMemory: true,
        hasFaceRestoration: true,
        hasVariations: true,
        hasHires: true,
        canSave: true,
        canFreeMemory: true,
        canRestartItself: false,
        outputDirectory: '/srv/sd/forge/outputs/txt2img-images',
        maxInFlight: 2,
        limits: widestLimits,
        isOutputFollowable: true,
      },
    });
  });

  test('A1111 before 1.9: no schedulers, no modules, an install folder told by its flags', async () => {
    const captures = forge.filter(({ request }) => !/schedulers|cmd-flags/.test(request));
    const flags = found('cmd-flags', { data_dir: '/data', config: '/opt/sd/configs/v1-inference.yaml' });
    const { result } = await probe([...captures, ...deeds, flags]);
    expect(result).toMatchObject({
      ok: true,
      value: { family: 'a1111', schedulers: [], outputDirectory: '/opt/sd/outputs/txt2img-images' },
    });
  });

  test('KoboldCpp, which lacks nearly everything, is never asked to save or sent a second request', async () => {
    const { result } = await probe(koboldcpp);
    expect(result).toMatchObject({
      ok: true,
      value: {
        checkpoints: [{ title: 'random-sd15' }],
        schedulers: [],
        hasProgress: false,
        hasInterrupt: false,
        hasSkip: false,
        hasMemory: false,
        hasFaceRestoration: false,
        hasVariations: false,
        hasHires: false,
        canSave: false,
        outputDirectory: null,
        maxInFlight: 1,
      },
    });
  });

  test("stable-diffusion.cpp's server", async () => {
    const { result } = await probe(sdServer);
    expect(result).toMatchObject({
      ok: true,
      value: {
        schedulers: expect.arrayContaining(['karras']),
        canSave: false,
        maxInFlight: 1,
        hasProgress: false,
      },
    });
  });

  test('options that are null, and no checkpoint at all', async () => {
    const { result } = await probe([
      found('options', { sd_model_checkpoint: null, samples_format: null, outdir_txt2img_samples: null }),
      found('sd-models', []),
      found('samplers', []),
    ]);
    expect(result).toMatchObject({
      ok: true,
      value: { checkpoints: [], selectedCheckpoint: null, isOutputFollowable: true },
    });
  });

  test.each([
    [{ directories_filename_pattern: '[model_name]/[date]' }, false],
    [{ directories_filename_pattern: '[model_name]', save_to_dirs: false }, true],
    [{ directories_filename_pattern: '[date]', save_to_dirs: true }, true],
    [{ samples_format: 'avif' }, false],
    [{ samples_format: 'webp' }, true],
  ])('with %j the output can be followed: %s', async (options, isOutputFollowable) => {
    const outdir_txt2img_samples = 'outputs/txt2img-images';
    const { result } = await probe([
      found('options', { outdir_txt2img_samples, ...options }),
      found('sd-models', []),
      found('samplers', []),
    ]);
    expect(result).toMatchObject({ ok: true, value: { isOutputFollowable } });
  });

  test('a passing trouble of an endpoint does not switch its ability off', async () => {
    const { result } = await probe([
      ...forge,
      found('progress', { error: 'HTTPException', detail: '' }, 500),
    ]);
    expect(result).toMatchObject({ ok: true, value: { hasProgress: true } });
  });

  test('a list of another shape is told by its field', async () => {
    const { result } = await probe([...forge, found('sd-models', [{ title: 'a', model_name: 7 }])]);
    expect(result).toEqual({
      ok: false,
      failure: { kind: 'invalid-answer', detail: '0.model_name: expected string' },
    });
  });
});

describe('who answers when it is no WebUI with its API on', () => {
  const notFound = json({ detail: 'Not Found' }, 404);

  test.each([
    ['a WebUI without --api', html('<html><script>window.gradio_config = {}</script></html>'), 'api-off'],
    ['a WebUI whose page is not up yet', notFound, 'api-off'],
    ['another web page', html('<!doctype html><title>Grafana</title>'), 'not-a-webui'],
    ['another API', json({ name: 'registry' }), 'not-a-webui'],
  ])('%s', async (_, page, kind) => {
    const { url } = await startServer(({ request }) => (request === 'GET /' ? page : notFound));
    expect(await openClient(url).probe()).toMatchObject({ ok: false, failure: { kind } });
  });

  test('a page at every path', async () => {
    const { url } = await startServer(() => html('<!doctype html><title>Router</title>'));
    expect(await openClient(url).probe()).toEqual({
      ok: false,
      failure: { kind: 'not-a-webui', detail: 'a web page in place of JSON' },
    });
  });

  test.each([{ hello: 'world' }, [1, 2]])('JSON of something else: %j', async (body) => {
    const { url, seen } = await startServer(() => json(body));
    expect(await openClient(url).probe()).toMatchObject({ ok: false, failure: { kind: 'not-a-webui' } });
    expect(seen).toHaveLength(1);
  });

  test('an answer that does not end', async () => {
    const { url } = await startServer((_, response) => {
      const more = () => {
        while (response.write(' '.repeat(65_536)));
      };
      response.on('drain', more);
      more();
      return undefined;
    });
    expect(await openClient(url, { listByteLimit: 2 ** 20 }).probe()).toMatchObject({
      failure: { kind: 'not-a-webui', detail: 'its answer does not end' },
    });
  });

  test('a redirect is told and not followed', async () => {
    const { url, seen } = await startServer(() => ({
      status: 301,
      headers: { location: 'https://box.example/sdapi/v1/options?token=s3cret' },
    }));
    expect(await openClient(url, { auth: 'rig:secret' }).probe()).toMatchObject({
      ok: false,
      failure: { kind: 'not-a-webui', detail: 'it redirects to https://box.example, where nothing is sent' },
    });
    expect(seen).toHaveLength(1);
  });
});

describe('credentials', () => {
  test('are sent unasked', async () => {
    const { url, seen } = await startServer(replay(forge));
    await openClient(url, { auth: 'rig:sécret' }).probe();
    const expected = `Basic ${Buffer.from('rig:sécret').toString('base64')}`;
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.every(({ headers }) => headers.authorization === expected)).toBe(true);
  });

  test('that are wrong or missing are a failure of their own', async () => {
    const { url } = await startServer(() => json({ detail: 'Incorrect username or password' }, 401));
    expect(await openClient(url, { auth: 'rig:wrong' }).probe()).toEqual({
      ok: false,
      failure: { kind: 'unauthorised', detail: '', httpStatus: 401 },
    });
  });
});

describe('secrets', () => {
  test('of options and flags are in no result, whatever status they come with', async () => {
    const secret = { api_auth: 'user:hunter2', outdir_txt2img_samples: 'hunter2' };
    for (const status of [200, 401, 422, 500]) {
      const body = {
        error: 'ResponseValidationError',
        detail: 'hunter2',
        message: "'hunter2'",
        body: secret,
      };
      const { result } = await probe([
        found('options', status === 200 ? { return_grid: 'hunter2' } : body, status),
      ]);
      expect(result.ok).toBe(false);
      expect(JSON.stringify(result)).not.toContain('hunter2');
    }
    const { result } = await probe([...forge, found('cmd-flags', { config: { api_auth: 'hunter2' } })]);
    expect(result.ok).toBe(true);
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});

test('a WebUI that comes up is given its port first, then asked; its 404 means that it is starting', async () => {
  const port = await findClosedPort();
  const client = openClient(`http://127.0.0.1:${port}`);
  expect(await client.probe()).toMatchObject({ failure: { kind: 'unreachable' } });
  expect(await client.probe()).toMatchObject({ failure: { kind: 'unreachable' } });

  let isReady = false;
  const seen: string[] = [];
  const answer = replay(forge);
  const server = createServer(async (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    const said = isReady
      ? await answer({ request: seen.at(-1) ?? '', headers: {}, body: '' }, response)
      : json({ detail: 'Not Found' }, 404);
    response.writeHead(said?.status ?? 200, said?.headers).end(said?.body);
  });
  await listen(server, { port });

  expect(await client.probe()).toMatchObject({ failure: { kind: 'starting', retryAfterMs: 2000 } });
  expect(seen).toEqual([]);
  expect(await client.probe()).toMatchObject({ failure: { kind: 'starting', httpStatus: 404 } });
  isReady = true;
  expect(await client.probe()).toMatchObject({ ok: true });
  isReady = false;
  expect(await client.probe()).toMatchObject({ failure: { kind: 'starting', httpStatus: 404 } });
});
