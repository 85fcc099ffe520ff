import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { BuiltInWebUi } from '../../source/demo/built-in-webui.ts';
import type { DemoFamilyName } from '../../source/demo/family-names.ts';
import { type Capture, readCapture } from '../webui/capture.ts';
import { fault, get, outputsOf, post, readPng, startWebUi, txt2img } from './webui-fixture.ts';

/** What a real server of the family was asked; the built-in WebUI must answer the same request in the same way. */
const captured: Readonly<Partial<Record<DemoFamilyName, { folder: string; names: readonly string[] }>>> = {
  forge: {
    folder: 'forge',
    names: [
      '01-get-sd-models',
      '03-get-samplers',
      '04-get-schedulers',
      '12-get-face-restorers',
      '15-get-progress',
      '28-get-no-such-path',
      '34-post-refresh-checkpoints',
      '36-post-interrupt-idle',
      '37-post-skip-idle',
      '38-txt2img-basic',
      '43-txt2img-batch4',
      '57-txt2img-size-not-mult8',
      '59-txt2img-size-100x72',
      '62-bad-width-string',
      '66-bad-width-zero',
      '75-bad-json',
      '79-bad-get-txt2img',
      '105-script-unknown',
      '113-reload',
    ],
  },
  koboldcpp: {
    folder: 'koboldcpp',
    names: [
      '01-get-sd-models',
      '02-get-options',
      '03-get-samplers',
      '04-get-schedulers',
      '12-get-face-restorers',
      '15-get-progress',
      '36-post-interrupt-idle',
      '38-txt2img-basic',
      '42-txt2img-seed-big',
      '43-txt2img-batch4',
      '48-txt2img-unknown-sampler',
      '50-txt2img-save-not-send',
      '57-txt2img-size-not-mult8',
      '58-txt2img-size-96x64',
      '59-txt2img-size-100x72',
      '60-txt2img-steps0',
      '62-bad-width-string',
      '66-bad-width-zero',
      '69-bad-prompt-empty',
      '71-bad-seed-string',
      '72-bad-batch-zero',
      '73-bad-empty-body',
      '75-bad-json',
      '79-bad-get-txt2img',
      '93-steps-1000-clamped-80',
      '94-post-unknown-path',
      '97-extra-version',
      '98-prefix-path-txt2img',
      '99-trailing-slash',
    ],
  },
  'sd-cpp': {
    folder: 'sd-server',
    names: [
      '01-get-sd-models',
      '02-get-options',
      '03-get-samplers',
      '04-get-schedulers',
      '12-get-face-restorers',
      '15-get-progress',
      '24-get-',
      '36-post-interrupt-idle',
      '38-txt2img-basic',
      '42-txt2img-seed-big',
      '43-txt2img-batch4',
      '44-txt2img-niter2',
      '45-txt2img-batch2-niter2',
      '48-txt2img-unknown-sampler',
      '49-txt2img-unknown-scheduler',
      '50-txt2img-save-not-send',
      '57-txt2img-size-not-mult8',
      '58-txt2img-size-96x64',
      '59-txt2img-size-100x72',
      '60-txt2img-steps0',
      '62-bad-width-string',
      '65-bad-width-null',
      '66-bad-width-zero',
      '67-bad-width-negative',
      '69-bad-prompt-empty',
      '72-bad-batch-zero',
      '73-bad-empty-body',
      '76-bad-json-array',
      '97-batch-64',
    ],
  },
};

const cases = Object.entries(captured).flatMap(([family, { folder, names }]) =>
  names.map((name) => ({ family: family as DemoFamilyName, capture: `${folder}/${name}` })),
);

describe('plays a family as the real server answered', () => {
  test.for(cases)('$capture', async ({ family, capture: name }) => {
    const webUi = await startWebUi({ family });
    // A title has its hash once the first checkpoint is loaded.
    if (name.endsWith('sd-models')) await txt2img(webUi);
    const capture = readCapture(name);
    const answer = await replay(webUi, capture);
    expect(answer.status).toBe(capture.status);
    expect(answer.contentType).toBe(capture.contentType);
    expect(shapeOf(answer.body)).toEqual(shapeOf(parse(capture.body)));
    expect(answer.imageSizes).toEqual(capture.imageSizes);
  });
});

test('Forge fails to tell its flags, and the failure holds them', async () => {
  const webUi = await startWebUi({ family: 'forge', auth: 'rig:secret' });
  const headers = { authorization: `Basic ${Buffer.from('rig:secret').toString('base64')}` };
  const { status, body } = await get(webUi, '/sdapi/v1/cmd-flags', { headers });
  expect(status).toBe(500);
  expect(body).toMatchObject({ error: 'ResponseValidationError', body: { api_auth: 'rig:secret' } });
});

test('Forge words a refusal as FastAPI does (captures/forge-webui/01)', async () => {
  const webUi = await startWebUi({ family: 'forge', auth: 'rig:secret' });
  expect(await get(webUi, '/sdapi/v1/sd-models')).toMatchObject({
    status: 401,
    body: { detail: 'Not authenticated' },
  });
});

describe('KoboldCpp', () => {
  test('parks six requests and turns the others away at once', async () => {
    const webUi = await startWebUi({ family: 'koboldcpp', durationMs: 50 });
    const answers = await Promise.all(Array.from({ length: 9 }, () => txt2img(webUi)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      200, 200, 200, 200, 200, 200, 503, 503, 503,
    ]);
    expect(answers.find(({ status }) => status === 503)?.body).toEqual({
      detail: { msg: 'Server is busy; please try again later.', type: 'service_unavailable' },
    });
  });

  test('lets a POST to an unknown path wait for the running generation', async () => {
    const webUi = await startWebUi({ family: 'koboldcpp', durationMs: 200 });
    const running = txt2img(webUi);
    await expect.poll(() => webUi.stats().requests[0]?.startedAt ?? null).not.toBeNull();
    expect(await post(webUi, '/sdapi/v1/interrupt')).toMatchObject({ status: 404, body: '' });
    expect(webUi.stats().requests[0]?.endedAt).not.toBeNull();
    await running;
  });

  test('answers a generation that failed with an empty image', async () => {
    const webUi = await startWebUi({ family: 'koboldcpp', faults: [fault('out-of-memory')] });
    expect((await txt2img(webUi)).body).toEqual({ images: [''], parameters: {}, info: '' });
  });

  test('speaks HTTP/1.0', async () => {
    const webUi = await startWebUi({ family: 'koboldcpp' });
    const socket = connect(webUi.port, '127.0.0.1');
    socket.write('GET /sdapi/v1/options HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    expect((await socket.toArray()).join('')).toMatch(/^HTTP\/1\.0 200 OK\r\n/);
  });
});

describe('SD.Next', () => {
  test('throws away what was made beyond its rate', async () => {
    const webUi = await startWebUi({ family: 'sdnext' });
    await post(webUi, '/sdapi/v1/options', { server_rate_limit: 10 });
    const statuses: number[] = [];
    for (let count = 0; count < 3; count++) statuses.push((await txt2img(webUi)).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect(webUi.stats().generationCount).toBe(3);
  });

  test('loads a checkpoint by its options, and says which one is loaded', async () => {
    const webUi = await startWebUi({ family: 'sdnext' });
    const wanted = { sd_model_checkpoint: 'demo-noir-fp16', no_such_option: 1 };
    expect((await post(webUi, '/sdapi/v1/options', wanted)).body).toEqual({
      updated: [{ sd_model_checkpoint: true }, { no_such_option: false }],
    });
    expect((await get(webUi, '/sdapi/v1/checkpoint')).body).toMatchObject({ name: 'demo-noir-fp16' });
  });

  test('does not load one that it does not know, and says 200', async () => {
    const webUi = await startWebUi({ family: 'sdnext' });
    await txt2img(webUi);
    const unknown = { sd_model_checkpoint: 'no-such-model' };
    expect((await post(webUi, '/sdapi/v1/options', unknown)).status).toBe(200);
    expect((await get(webUi, '/sdapi/v1/checkpoint')).body).toMatchObject({ name: 'demo-landscape' });
  });

  test('looks finished when it is idle, and says in words that it is', async () => {
    const webUi = await startWebUi({ family: 'sdnext' });
    await txt2img(webUi);
    expect((await get(webUi, '/sdapi/v1/progress')).body).toMatchObject({
      progress: 1,
      state: { job: '', job_count: 0 },
    });
    expect((await get(webUi, '/sdapi/v1/status')).body).toMatchObject({ status: 'idle' });
  });

  test('says yes with an empty 204', async () => {
    const webUi = await startWebUi({ family: 'sdnext' });
    for (const name of ['interrupt', 'skip', 'refresh-checkpoints']) {
      expect(await post(webUi, `/sdapi/v1/${name}`)).toMatchObject({ status: 204, body: '' });
    }
  });

  test('saves straight into its folder, counted and named by day and model', async () => {
    const now = () => new Date(2026, 10, 22, 12).getTime();
    const webUi = await startWebUi({ family: 'sdnext', now });
    await txt2img(webUi, { save_images: true, send_images: false, batch_size: 2 });
    expect((await outputsOf(webUi)).filter((name) => name.startsWith('text/'))).toEqual([
      'text/00001-2026-11-22-demo-landscape.jpg',
      'text/00002-2026-11-22-demo-landscape.jpg',
    ]);
  });

  test('answers a pipeline that failed with nothing, and 404 for a sampler that it does not know', async () => {
    const webUi = await startWebUi({ family: 'sdnext', faults: [fault('out-of-memory')] });
    const { body } = await txt2img(webUi);
    expect(body).toMatchObject({ images: [], info: expect.stringContaining('"infotexts":[]') });
    expect((await get(webUi, '/sdapi/v1/log?lines=0')).body).toEqual([
      expect.stringMatching(/"created":\d+\.\d+.*"level":"ERROR".*CUDA out of memory/),
    ]);
    expect(await txt2img(webUi, { sampler_name: 'NoSuchSampler' })).toMatchObject({ status: 404 });
  });
});

test('before 1.9 the schedule is in the name of the sampler, and an unknown one is 404', async () => {
  const webUi = await startWebUi({ family: 'a1111-1.8' });
  expect((await get(webUi, '/sdapi/v1/schedulers')).status).toBe(404);
  expect((await txt2img(webUi, { sampler_name: 'DPM++ 2M Karras' })).info).toMatchObject({
    sampler_name: 'DPM++ 2M Karras',
    infotexts: [expect.not.stringContaining('Schedule type')],
  });
  expect(await txt2img(webUi, { sampler_name: 'DPM++ 2M Beta' })).toMatchObject({
    status: 404,
    body: { detail: 'Sampler not found' },
  });
});

type Answered = { status: number; contentType: string; body: unknown; imageSizes: string[] };

async function replay(webUi: BuiltInWebUi, { request, sent }: Capture): Promise<Answered> {
  const [method = '', path = ''] = request.split(' ');
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(webUi.url + path, {
    method,
    ...(method === 'POST' ? { headers, body: sent } : {}),
  }).catch(() => null);
  if (response === null) return { status: 0, contentType: '', body: '', imageSizes: [] };
  const body = parse(await response.text());
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body,
    imageSizes: imagesIn(body).map((image) => {
      const { width, height } = readPng(Buffer.from(image, 'base64'));
      return `${width}x${height}`;
    }),
  };
}

function imagesIn(body: unknown): string[] {
  return typeof body === 'object' && body !== null && 'images' in body && Array.isArray(body.images)
    ? body.images.map(String)
    : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.trim();
  }
}

/** The keys and the kinds of values; a text of JSON counts as what it holds, and a list as its first entry, for lists differ in length. */
function shapeOf(value: unknown): unknown {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
  const held = typeof value === 'string' && /^[{[]/.test(value) ? parse(value) : value;
  return typeof held === 'object' ? shapeOf(held) : typeof held;
}
