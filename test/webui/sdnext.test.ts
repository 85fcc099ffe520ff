import { describe, expect, test } from 'vitest';
import { answerWith, sampleGeneration, tinyPng } from './sample-generation.ts';
import { type Answer, json, openClient, startServer } from './scripted-server.ts';

type Sdnext = {
  readonly loads?: boolean;
  readonly txt2img?: () => Answer;
  readonly rateLimit?: number;
  readonly memory?: () => Answer;
  readonly log?: readonly string[];
};

/** SD.Next with two checkpoints; one that does not load keeps the old one and says 200 all the same. */
async function startSdnext({ loads = true, txt2img, rateLimit = 300, memory, log }: Sdnext = {}) {
  let loaded = 'old.safetensors';
  const { url, seen } = await startServer(({ request, body }) => {
    const [path] = request.split('?');
    switch (path) {
      case 'GET /sdapi/v1/options':
        return json({
          sd_model_checkpoint: loaded,
          outdir_txt2img_samples: 'outputs/text',
          server_rate_limit: rateLimit,
        });
      case 'GET /sdapi/v1/sd-models':
        return json(['old', 'new'].map((name) => ({ title: `${name}.safetensors`, model_name: name })));
      case 'GET /sdapi/v1/samplers':
        return json([{ name: 'Default' }]);
      case 'GET /sdapi/v1/status':
        return json({ status: 'idle' });
      case 'GET /sdapi/v1/checkpoint':
        return json({ type: 'sd', title: loaded, name: loaded.split('.')[0], hash: '0123456789' });
      case 'POST /sdapi/v1/options':
        if (loads) loaded = JSON.parse(body).sd_model_checkpoint;
        return json({ updated: [{ sd_model_checkpoint: true }] });
      case 'GET /sdapi/v1/progress':
        return json({ state: progress });
      case 'GET /sdapi/v1/memory':
        return memory?.() ?? json({ detail: 'Not Found' }, 404);
      case 'GET /sdapi/v1/log':
        return log ? json(log) : json({ detail: 'Not Found' }, 404);
      case 'POST /sdapi/v1/txt2img':
        return txt2img?.() ?? json(answerWith({ all_seeds: [42] }, [tinyPng]));
      case 'POST /sdapi/v1/interrupt':
      case 'POST /sdapi/v1/skip':
        return { status: 204 };
      default:
        return json({ detail: 'Not Found' }, path?.startsWith('GET /sdapi/v1/s') ? 405 : 404);
    }
  });
  const client = openClient(url);
  const probed = await client.probe();
  expect(probed).toMatchObject({ ok: true, value: { family: 'sdnext' } });
  const sent = (request: string) => seen.filter((one) => one.request === request);
  return { client, seen, sent };
}

const progress = {
  job: '',
  job_count: 0,
  job_no: 0,
  sampling_step: 20,
  sampling_steps: 20,
  job_timestamp: '1',
};

const wanted = sampleGeneration({}, { checkpoint: 'new.safetensors' });

describe('the checkpoint', () => {
  test('is set by the options, once, and never named in a request', async () => {
    const { client, sent } = await startSdnext();
    for (let count = 0; count < 3; count++) {
      expect(await client.generate(wanted, { saving: 'client' })).toMatchObject({ ok: true });
    }
    expect(sent('POST /sdapi/v1/options').map(({ body }) => JSON.parse(body))).toEqual([
      { sd_model_checkpoint: 'new.safetensors' },
    ]);
    const requests = sent('POST /sdapi/v1/txt2img').map(({ body }) => JSON.parse(body));
    expect(requests).toHaveLength(3);
    for (const request of requests) expect(request.override_settings).toEqual({});
  });

  test('that does not load is a failure before anything is generated', async () => {
    const { client, sent } = await startSdnext({ loads: false });
    expect(await client.generate(wanted, { saving: 'client' })).toEqual({
      ok: false,
      failure: { kind: 'wrong-checkpoint', detail: 'old.safetensors', asked: 'new.safetensors' },
    });
    expect(sent('POST /sdapi/v1/txt2img')).toEqual([]);
  });
});

test('an answer of another checkpoint than the one that was verified is a failure', async () => {
  const { client } = await startSdnext({
    txt2img: () => json(answerWith({ all_seeds: [42], sd_model_hash: 'ffffffffff' }, [tinyPng])),
  });
  expect(await client.generate(wanted, { saving: 'client' })).toEqual({
    ok: false,
    failure: { kind: 'wrong-checkpoint', detail: 'ffffffffff', asked: 'new.safetensors' },
  });
});

test('a name without end in an answer is cut', async () => {
  const { client } = await startSdnext({
    txt2img: () => json(answerWith({ sd_model_name: 'x'.repeat(100_000) }, [tinyPng])),
  });
  const result = await client.generate(wanted, { saving: 'client' });
  expect(result).toMatchObject({ failure: { kind: 'wrong-checkpoint', detail: `${'x'.repeat(499)}…` } });
});

test('a refusal for its rate comes after the work: the images may be there', async () => {
  const { client } = await startSdnext({ txt2img: () => json({ detail: 'rate limit' }, 429) });
  expect(await client.generate(wanted, { saving: 'server' })).toMatchObject({
    ok: false,
    failure: { kind: 'rate-limited', mayHaveRun: true },
  });
});

const gigabyte = 1024 ** 3;

function memoryOf({ used = 12, oom = 0 }): Answer {
  const system = { free: (24 - used) * gigabyte, used: used * gigabyte, total: 24 * gigabyte };
  return json({ ram: { used: 1, total: 2 }, cuda: { system, events: { retries: 0, oom } } });
}

function line(created: number, message: string): string {
  return `{ "asctime":"2026-11-25", "created":${created}.5, "pid":7, "level":"ERROR", "module":"errors", "msg":"${message}" }`;
}

describe('a pipeline that failed answers 200 with nothing: that is a failure, whoever saves', () => {
  const nothing = () => json(answerWith({ all_seeds: [42], infotexts: [] }, []));

  async function failureOf(state: Sdnext) {
    const { client } = await startSdnext({ txt2img: nothing, ...state });
    const results = [];
    for (const saving of ['server', 'client'] as const) {
      results.push(await client.generate(wanted, { saving }));
    }
    expect(results[1]).toEqual(results[0]);
    return results[0]?.ok === false ? results[0].failure : null;
  }

  test.each([
    ['tells nothing else', {}],
    ['has memory left', { memory: () => memoryOf({ oom: 3 }) }],
    ['ran out of memory long ago', { log: [line(1000, 'CUDA out of memory.'), line(2000, 'Bad value')] }],
    ['logs what is no text', { log: [{ msg: 'out of memory' } as unknown as string] }],
  ])('without a known reason where it %s', async (_, state) => {
    expect(await failureOf(state)).toEqual({ kind: 'no-images', detail: 'it does not say why' });
  });

  test('for want of memory where its count of that has grown', async () => {
    let oom = 3;
    const txt2img = () => {
      oom++;
      return nothing();
    };
    expect(await failureOf({ txt2img, memory: () => memoryOf({ oom }) })).toEqual({
      kind: 'out-of-memory',
      detail: 'it made no image, and it has just counted that its memory ran out',
      isLikely: true,
    });
  });

  test('for want of memory where its log has just said so, whose words are not repeated', async () => {
    const log = [
      line(1000, 'CUDA out of memory. Tried to allocate 2 GiB'),
      line(1001, 'Processed: images=0'),
    ];
    const failure = await failureOf({ log });
    expect(failure).toEqual({
      kind: 'out-of-memory',
      detail: 'it made no image, and its log says that memory ran out',
      isLikely: true,
    });
  });

  test('for want of memory where that is nearly full', async () => {
    expect(await failureOf({ memory: () => memoryOf({ used: 23.5 }) })).toMatchObject({
      kind: 'out-of-memory',
      detail: 'it made no image, and 23.5 of 24.0 GB are in use',
    });
  });
});

test('it rests when no job has a name, though its step counter stands at the end', async () => {
  const { client } = await startSdnext();
  expect(await client.readProgress()).toMatchObject({ ok: true, value: { isRunning: false } });
});

test('it works on a job that has a name before its count is known', async () => {
  progress.job = 'API-TXT';
  const { client } = await startSdnext();
  expect(await client.readProgress()).toMatchObject({ ok: true, value: { isRunning: true } });
  progress.job = '';
});

test('an empty 204 is a yes', async () => {
  const { client } = await startSdnext();
  expect(await client.interrupt()).toEqual({ ok: true, value: null });
  expect(await client.skip()).toEqual({ ok: true, value: null });
});

test('a request that its rate does not allow yet is not sent, and can be given up while it waits', async () => {
  const { client, sent } = await startSdnext({ rateLimit: 10 });
  const end = new AbortController();
  expect(await client.generate(wanted, { saving: 'client' })).toMatchObject({ ok: true });
  const waiting = client.generate(wanted, { saving: 'client', signal: end.signal });
  // The second one would long be there: each of these takes as long as it does.
  for (let count = 0; count < 10; count++) await client.readMemory();
  expect(sent('POST /sdapi/v1/txt2img')).toHaveLength(1);
  end.abort();
  expect(await waiting).toMatchObject({ ok: false });
});
