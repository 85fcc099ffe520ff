import { describe, expect, test } from 'vitest';
import type { LivePreviews } from '../../source/generation/webui.ts';
import type { WebUiClient } from '../../source/webui/client.ts';
import { madeUp, readCapture } from './capture.ts';
import { tinyPng } from './sample-generation.ts';
import { json, openClient, replay, startServer } from './scripted-server.ts';

const state = { job_count: 1, job_no: 0, sampling_step: 12, sampling_steps: 20, job_timestamp: '1' };
const on = {
  outdir_txt2img_samples: 'outputs',
  live_previews_enable: true,
  show_progress_every_n_steps: 5,
  live_preview_refresh_period: 1000,
};

const api = (name: string) => `/sdapi/v1/${name}`;

const sdnext = madeUp('/openapi.json', {
  paths: { [api('txt2img')]: {}, [api('status')]: {}, [api('checkpoint')]: {} },
});

/** A client that has met its WebUI, which answers the progress with this in the picture's place. */
async function met(
  options: object,
  image: unknown,
  more: Parameters<typeof replay>[0] = [],
): Promise<{ client: WebUiClient; livePreviews: LivePreviews; asked: () => string[] }> {
  const others = replay([
    madeUp(api('options'), options),
    madeUp(api('sd-models'), [{ title: 'a', model_name: 'a' }]),
    madeUp(api('samplers'), [{ name: 'Euler' }]),
    ...more,
  ]);
  const { url, seen } = await startServer((one, response) =>
    one.request.startsWith('GET /sdapi/v1/progress')
      ? json({ state, current_image: image })
      : others(one, response),
  );
  const client = openClient(url);
  const probed = await client.probe();
  if (!probed.ok) throw new Error(probed.failure.detail);
  seen.length = 0;
  return {
    client,
    livePreviews: probed.value.livePreviews,
    asked: () => seen.map(({ request }) => request),
  };
}

const previewOf = async ({ client }: { client: WebUiClient }) => {
  const result = await client.readPreview();
  if (!result.ok) throw new Error(result.failure.kind);
  expect(result.value.progress).toMatchObject({ step: 12, stepCount: 20, isRunning: true });
  return result.value.preview;
};

describe('how often there is a preview', () => {
  test.each([
    ['as the options say', {}, { kind: 'on', everyStepCount: 5, everyMs: 1000 }],
    ['at each step', { show_progress_every_n_steps: 0 }, { kind: 'on', everyStepCount: 1, everyMs: 1000 }],
    [
      'after a batch',
      { show_progress_every_n_steps: -1 },
      { kind: 'on', everyStepCount: null, everyMs: 1000 },
    ],
    [
      'as A1111 does where the options do not say',
      { show_progress_every_n_steps: null, live_preview_refresh_period: null },
      { kind: 'on', everyStepCount: 10, everyMs: 1000 },
    ],
    ['never: off', { live_previews_enable: false }, { kind: 'off' }],
    ['never: nothing said', { live_previews_enable: null }, { kind: 'none' }],
    ['never: a format that the answer cannot be made in', { samples_format: 'avif' }, { kind: 'none' }],
  ])('%s', async (_, changes, expected) => {
    expect((await met({ ...on, ...changes }, null)).livePreviews).toEqual(expected);
  });

  test('SD.Next, which has no switch: at each step', async () => {
    const { live_previews_enable, ...options } = on;
    const { livePreviews } = await met(options, null, [sdnext]);
    expect(livePreviews).toEqual({ kind: 'on', everyStepCount: 1, everyMs: 1000 });
  });

  test('KoboldCpp and a WebUI without progress: never', async () => {
    const { url } = await startServer(
      replay(
        ['01-get-sd-models', '02-get-options', '03-get-samplers', '97-extra-version'].map((name) =>
          readCapture(`koboldcpp/${name}`),
        ),
      ),
    );
    expect(await openClient(url).probe()).toMatchObject({ value: { livePreviews: { kind: 'none' } } });
    const { url: bare } = await startServer(
      replay([madeUp(api('options'), on), madeUp(api('sd-models'), []), madeUp(api('samplers'), [])]),
    );
    expect(await openClient(bare).probe()).toMatchObject({ value: { livePreviews: { kind: 'none' } } });
  });
});

describe('the preview', () => {
  test('comes with the progress in one request', async () => {
    const webUi = await met(on, tinyPng);
    expect(await previewOf(webUi)).toEqual({ kind: 'image', bytes: Buffer.from(tinyPng, 'base64') });
    expect(webUi.asked()).toEqual(['GET /sdapi/v1/progress']);
  });

  test.each([
    ['JPEG', 'ffd8ffe000104a46'],
    ['WebP', '524946460400000057454250'],
  ])('may be %s, and have the prefix of a data URI', async (_, hex) => {
    const image = `data:image/any;base64,${Buffer.from(hex, 'hex').toString('base64')}`;
    expect(await previewOf(await met(on, image))).toEqual({
      kind: 'image',
      bytes: Buffer.from(hex, 'hex'),
    });
  });

  test.each([null, undefined, ''])('is not there yet: %j', async (image) => {
    expect(await previewOf(await met(on, image))).toEqual({ kind: 'none' });
  });

  test.each([
    ['text', 'no base64 at all: \u001b[2J'],
    ['base64 of something else', Buffer.from('<html>').toString('base64')],
    ['a data URI without an end', 'data:image/png;base64'],
    ['a number', 7],
    ['a list', [tinyPng]],
  ])('is %s, which costs the progress nothing', async (_, image) => {
    expect(await previewOf(await met(on, image))).toEqual({ kind: 'unusable', reason: 'not-an-image' });
  });

  test('is too large to be taken', async () => {
    const image = tinyPng + 'A'.repeat(23 * 2 ** 20);
    expect(await previewOf(await met(on, image))).toEqual({ kind: 'unusable', reason: 'too-large' });
  });

  test('is not asked for where previews are off', async () => {
    const webUi = await met({ ...on, live_previews_enable: false }, tinyPng);
    expect(await previewOf(webUi)).toEqual({ kind: 'none' });
    expect(webUi.asked()).toEqual(['GET /sdapi/v1/progress?skip_current_image=true']);
  });
});
