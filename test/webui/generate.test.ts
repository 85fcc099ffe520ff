import { describe, expect, test } from 'vitest';
import { readCapture } from './capture.ts';
import { answerWith, sampleGeneration, tinyPng } from './sample-generation.ts';
import { type Answer, json, openClient, replay, startServer } from './scripted-server.ts';

/** A WebUI with Forge's lists and the given options that answers txt2img as told. */
/** Without a `state` it tells no progress. */
async function startWebUi(txt2img: () => Answer, options: object = {}, state: object | null = null) {
  const lists = ['01-get-sd-models', '03-get-samplers', '04-get-schedulers'].map((name) =>
    readCapture(`forge/${name}`),
  );
  const rest = replay(lists);
  const { url, seen } = await startServer((one, response) => {
    if (one.request === 'POST /sdapi/v1/txt2img') return txt2img();
    if (one.request === 'GET /sdapi/v1/options') return json(options);
    if (state !== null && one.request.startsWith('GET /sdapi/v1/progress')) return json({ state });
    return rest(one, response);
  });
  const client = openClient(url);
  const sentBody = () =>
    JSON.parse(seen.findLast(({ request }) => request.endsWith('txt2img'))?.body ?? 'null');
  return { client, sentBody, seen };
}

const done = () => json(answerWith({ all_seeds: [42] }, [tinyPng]));

describe('the request', () => {
  test('says everything that has a default', async () => {
    const { client, sentBody } = await startWebUi(done, { sd_model_checkpoint: 'random-sd15.safetensors' });
    await client.probe();
    const parameters = {
      prompt: '一座灯塔 "quoted"\n',
      negativePrompt: 'blurry',
      width: 480,
      height: 270,
      steps: 24,
      sampler: 'Euler a',
      scheduler: 'Karras',
      cfgScale: 6.5,
      batchSize: 4,
      batchCount: 2,
      restoreFaces: false,
    };
    await client.generate(sampleGeneration(parameters, { firstSeed: 4_294_967_288 }), { saving: 'client' });
    expect(sentBody()).toEqual({
      prompt: '一座灯塔 "quoted"\n',
      negative_prompt: 'blurry',
      seed: 4_294_967_288,
      steps: 24,
      cfg_scale: 6.5,
      width: 480,
      height: 270,
      sampler_name: 'Euler a',
      scheduler: 'Karras',
      batch_size: 4,
      n_iter: 2,
      restore_faces: false,
      save_images: false,
      send_images: true,
      override_settings: {},
      override_settings_restore_afterwards: true,
    });
  });

  test.each([
    [
      'names a checkpoint that is not selected',
      {},
      { sd_model_checkpoint: 'random-sd15.safetensors [0ba8a68088]' },
    ],
    ['says nothing that the options have already', { sd_model_checkpoint: 'random-sd15.safetensors' }, {}],
    [
      'wants no grids where there would be some',
      { sd_model_checkpoint: 'random-sd15.safetensors [0ba8a68088]', return_grid: true, grid_save: true },
      { return_grid: false, grid_save: false },
    ],
    [
      'leaves alone what is off already',
      { sd_model_checkpoint: 'random-sd15.safetensors', return_grid: false, grid_save: null },
      {},
    ],
  ])('%s', async (_, options, expected) => {
    const { client, sentBody } = await startWebUi(done, options);
    await client.probe();
    await client.generate(sampleGeneration({ batchSize: 2 }), { saving: 'server' });
    expect(sentBody()).toMatchObject({ save_images: true, send_images: false });
    expect(sentBody().override_settings).toEqual(expected);
  });

  test('has no grids to forbid for one image or for images that are sent', async () => {
    const { client, sentBody } = await startWebUi(done, {
      sd_model_checkpoint: 'random-sd15.safetensors',
      return_grid: true,
    });
    await client.probe();
    await client.generate(sampleGeneration({ batchSize: 1 }), { saving: 'server' });
    expect(sentBody().override_settings).toEqual({});
    await client.generate(sampleGeneration({ batchSize: 4 }), { saving: 'client' });
    expect(sentBody().override_settings).toEqual({});
  });

  test('names the checkpoint from then on when an answer shows that somebody selected another', async () => {
    const { client, sentBody } = await startWebUi(
      () => json(answerWith({ sd_model_name: 'other', sd_model_hash: 'ffffffffff' }, [tinyPng])),
      { sd_model_checkpoint: 'random-sd15.safetensors' },
    );
    await client.probe();
    await client.generate(sampleGeneration(), { saving: 'client' });
    expect(sentBody().override_settings).toEqual({});
    await client.generate(sampleGeneration(), { saving: 'client' });
    const named = { sd_model_checkpoint: 'random-sd15.safetensors [0ba8a68088]' };
    expect(sentBody().override_settings).toEqual(named);
    await client.probe();
    await client.generate(sampleGeneration(), { saving: 'client' });
    expect(sentBody().override_settings).toEqual(named);
  });

  test('names the checkpoint where the options were read while a job was under way, which may have changed them', async () => {
    const { client, sentBody } = await startWebUi(
      done,
      { sd_model_checkpoint: 'random-sd15.safetensors' },
      { job_count: 1, job_no: 0, sampling_step: 3, sampling_steps: 20 },
    );
    await client.probe();
    await client.generate(sampleGeneration(), { saving: 'client' });
    expect(sentBody().override_settings).toEqual({
      sd_model_checkpoint: 'random-sd15.safetensors [0ba8a68088]',
    });
  });

  test('goes over a connection of its own, uncompressed', async () => {
    const { client, seen } = await startWebUi(done);
    await client.generate(sampleGeneration(), { saving: 'client' });
    expect(seen[0]?.headers).toMatchObject({ connection: 'close', 'accept-encoding': 'identity' });
  });
});

describe('the answer', () => {
  test.each([
    ['forge/38-txt2img-basic', { batchSize: 1 }, [42], 1],
    ['forge/43-txt2img-batch4', { batchSize: 4 }, [42, 43, 44, 45], 4],
    // Three came for two that were asked for: the first is the grid.
    ['forge/102-save-and-send-batch2', { batchSize: 2 }, [42, 43], 2],
    // One of two was made before the interrupt; all planned seeds are told.
    ['forge/81-interrupt-during', { batchCount: 2 }, [8, 9], 1],
    ['sd-server/43-txt2img-batch4', { batchSize: 4 }, [42, 43, 44, 45], 4],
    // It says no seeds: the planned ones hold.
    ['koboldcpp/38-txt2img-basic', {}, [42], 1],
  ])('%s', async (name, parameters, seeds, imageCount) => {
    const { body } = readCapture(name);
    const { client } = await startWebUi(() => ({ body }));
    const result = await client.generate(sampleGeneration(parameters), { saving: 'client' });
    expect(result).toMatchObject({ ok: true, value: { seeds } });
    expect(result.ok && result.value.images.length).toBe(imageCount);
  });

  test('says what made the images', async () => {
    const { client } = await startWebUi(() => ({ body: readCapture('forge/50-txt2img-save-not-send').body }));
    expect(await client.generate(sampleGeneration({ batchSize: 2 }), { saving: 'server' })).toEqual({
      ok: true,
      value: {
        seeds: [42, 43],
        checkpointName: 'random-sd15',
        checkpointHash: '0ba8a68088',
        samplerName: 'Euler',
        version: 'f2.0.1v1.10.1-1.10.1',
        jobTimestamp: '20261122193818',
        images: [],
      },
    });
  });

  test('gives image files byte for byte, without the grid before and what extensions append', async () => {
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]).toString('base64');
    const webp = Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1').toString('base64');
    const info = { all_seeds: [42, 43, 44], index_of_first_image: 1 };
    const entries = [tinyPng, `data:image/jpeg;base64,${jpeg}`, webp, 'a map of something', tinyPng];
    const { client } = await startWebUi(() => json(answerWith(info, entries)));
    const result = await client.generate(sampleGeneration({ batchSize: 3 }), { saving: 'client' });
    expect(result.ok && result.value.images.map(toBase64)).toEqual([jpeg, webp]);
  });

  test('stops where the infotexts stop, since extensions may append images too', async () => {
    const info = { all_seeds: [42, 43], infotexts: ['a'] };
    const { client } = await startWebUi(() => json(answerWith(info, [tinyPng, tinyPng])));
    const result = await client.generate(sampleGeneration({ batchSize: 2 }), { saving: 'client' });
    expect(result.ok && result.value.images.map(toBase64)).toEqual([tinyPng]);
  });

  test.each([
    ['none', [], { all_seeds: [42] }, 'images-missing'],
    ['something else', ['aGVsbG8gd29ybGQsIGhlbGxvIHdvcmxk'], {}, 'images-missing'],
    ['none, and nothing is told, as by SD.Next', [], '', 'no-images'],
    ['none, and no infotext is told, as by SD.Next', [], { infotexts: [] }, 'no-images'],
    ['an empty text, as by KoboldCpp', [''], '', 'no-images'],
  ])('with images that were asked for and are %s is a failure', async (_, images, info, kind) => {
    const text = info === '' ? '' : JSON.stringify(info);
    const { client } = await startWebUi(() => json({ images, info: text }));
    const result = await client.generate(sampleGeneration(), { saving: 'client' });
    expect(result).toMatchObject({ ok: false, failure: { kind } });
    expect(result).not.toHaveProperty('failure.mayHaveRun');
  });

  test.each([
    ['images: expected Array', { images: 'x', info: '' }],
    ['images: missing', {}],
    ['info.all_seeds.0: expected number', answerWith({ all_seeds: ['42'] }, [tinyPng])],
    ['info.sd_model_name: expected string', answerWith({ sd_model_name: 1 }, [tinyPng])],
    ['info: expected Object', { images: [], info: '7' }],
    ['info: not JSON', { images: [], info: '{"seed":' }],
    ['the answer: expected Object', null],
  ])('of another shape is told by its field: %s', async (detail, body) => {
    const { client } = await startWebUi(() => json(body));
    expect(await client.generate(sampleGeneration(), { saving: 'client' })).toEqual({
      ok: false,
      failure: { kind: 'invalid-answer', detail, mayHaveRun: true },
    });
  });

  test.each([
    ['a web page', '<!doctype html><p>hello', 'a web page in place of JSON'],
    ['a text that breaks off', '{"images":["iVBOR', 'JSON that breaks off or is damaged'],
    ['nothing', '', 'an empty answer'],
    ['words', 'ok', 'not JSON'],
  ])('that is %s may follow work all the same', async (_, body, detail) => {
    const { client } = await startWebUi(() => ({ body }));
    expect(await client.generate(sampleGeneration(), { saving: 'client' })).toEqual({
      ok: false,
      failure: { kind: 'invalid-answer', detail, mayHaveRun: true },
    });
  });
});

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
