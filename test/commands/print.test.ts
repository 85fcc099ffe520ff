import { PassThrough } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOutput } from '../../source/commands/output.ts';
import { jsonLine } from '../../source/commands/print/json-line.ts';
import { createRunPrinter } from '../../source/commands/print/run-printer.ts';
import { statusEvent, statusWords } from '../../source/commands/print/status.ts';
import type { Notice } from '../../source/engine/notice.ts';
import { widestLimits } from '../../source/generation/generation-limits.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { WebUi } from '../../source/generation/webui.ts';
import { exampleSnapshot } from '../ui/monitor/example-snapshot.ts';

const plain = (_: unknown, text: string) => text;
const url = 'http://me:secret@127.0.0.1:7860';
const hostile = 'cat \u001b[2J\u009b31m\u202e一只猫\n\u0007';

const webUi: WebUi = {
  url,
  family: 'forge',
  version: 'f2.0.1',
  checkpoints: [{ title: 'dream.safetensors', name: 'dream', hash: null, filename: null }],
  selectedCheckpoint: null,
  samplers: ['Euler a'],
  schedulers: [],
  hasProgress: true,
  livePreviews: { kind: 'none' },
  hasInterrupt: true,
  hasSkip: true,
  hasMemory: true,
  hasFaceRestoration: true,
  hasVariations: true,
  hasHires: true,
  canSave: true,
  canFreeMemory: true,
  canRestartItself: false,
  outputDirectory: null,
  maxInFlight: 2,
  limits: widestLimits,
  isOutputFollowable: true,
};

const generation = {
  id: 12,
  checkpoint: 'dream.safetensors',
  parameters: { ...defaultParameters, prompt: hostile, batchSize: 2 },
  firstSeed: 41,
};

function image(seed: number, at: number): Notice {
  return {
    type: 'image',
    at,
    image: {
      seed,
      path: `/out/\u001b[31m0000${seed}-${seed}.png`,
      width: 480,
      height: 264,
      byteCount: 182_000,
      savedAt: at,
    },
    generation,
    checkpoint: 'dream',
    durationMs: 2700.4,
  };
}

const run: readonly Notice[] = [
  { type: 'connected', at: 1000, webUi, isReconnect: false },
  { type: 'activity-changed', at: 1000, isActive: true },
  { type: 'generation-started', at: 1001, generation },
  {
    type: 'progress',
    at: 2000,
    generation,
    progress: {
      isRunning: true,
      step: 5,
      stepCount: 20,
      passNumber: 0,
      passCount: 1,
      jobTimestamp: '',
      isInterrupted: false,
    },
  },
  {
    type: 'failure',
    at: 2500,
    failure: { kind: 'server-error', detail: 'boom \u001b]0;x\u0007', httpStatus: 500 },
    generation,
    willRetry: true,
    retryDelayMs: 4000,
  },
  image(41, 5000),
  image(42, 5000),
  {
    type: 'generation-finished',
    at: 5000,
    generation,
    outcome: 'finished',
    imageCount: 2,
    durationMs: 4000,
    gpuIdleMs: 12.6,
  },
  { type: 'stopped', at: 6000, reason: 'goal-reached' },
];

async function tell(notices: readonly Notice[], isJson: boolean) {
  const data = new PassThrough();
  const words = new PassThrough();
  const output = createOutput(data, words, isJson);
  const printer = createRunPrinter(output, { startedAt: 0, paint: plain });
  for (const notice of notices) printer.take(notice, url);
  printer.finish(60_000);
  data.end();
  words.end();
  return { data: await readAll(data), words: await readAll(words) };
}

describe('--json', () => {
  test('tells a run as objects of one schema, the summary last', async () => {
    const { data } = await tell(run, true);
    const events = data
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ type }) => type)).toEqual([
      'connected',
      'state',
      'generation-started',
      'progress',
      'failure',
      'state',
      'image',
      'state',
      'image',
      'generation-finished',
      'state',
      'summary',
    ]);
    expect(events.every(({ schema, at }) => schema === 'sdloop/1' && Number.isInteger(at))).toBe(true);
    expect(events.filter(({ type }) => type === 'state').map(({ state }) => state)).toEqual([
      'generating',
      'retrying',
      'generating',
      'stopped',
    ]);
    expect(events.find(({ type }) => type === 'image')).toEqual({
      schema: 'sdloop/1',
      type: 'image',
      at: 5000,
      generation: 12,
      seed: 41,
      path: '/out/\u001b[31m000041-41.png',
      width: 480,
      height: 264,
      bytes: 182_000,
      checkpoint: 'dream',
      prompt: hostile,
      durationMs: 2700,
    });
    expect(events.find(({ type }) => type === 'generation-started')).toMatchObject({
      generation: 12,
      seeds: [41, 42],
      width: 480,
    });
    expect(events.find(({ type }) => type === 'failure')).toMatchObject({
      kind: 'server-error',
      willRetry: true,
      retryDelayMs: 4000,
      generation: 12,
    });
    expect(events.at(-1)).toEqual({
      schema: 'sdloop/1',
      type: 'summary',
      at: 60_000,
      images: 2,
      generations: 1,
      failures: 1,
      elapsedMs: 60_000,
      imagesPerMinute: 2,
      gpuIdleMs: 13,
    });
  });

  test('lets nothing through that a terminal would obey, and gives the same data back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (prompt) => {
        const line = jsonLine({ type: 'image', at: 1, prompt });
        expect(line).not.toMatch(
          /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f\u{e0000}-\u{e007f}]/u,
        );
        expect(JSON.parse(line).prompt).toBe(prompt);
      }),
    );
  });

  test('a reader that is behind misses progress and nothing else', async () => {
    const data = new PassThrough({ highWaterMark: 1 });
    const printer = createRunPrinter(createOutput(data, new PassThrough(), true), {
      startedAt: 0,
      paint: plain,
    });
    for (const notice of run) printer.take(notice, url);
    data.end();
    const types = (await readAll(data))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).type);
    expect(types).not.toContain('progress');
    expect(types.filter((type) => type === 'image')).toHaveLength(2);
  });
});

describe('plain lines', () => {
  test('say one line an image with its seed, size and path, and end with the summary', async () => {
    const { data } = await tell(run, false);
    const lines = data.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^\d\d:\d\d:\d\d {2}connected to http:\/\/127\.0\.0\.1:7860, forge f2\.0\.1, 1 model$/,
    );
    expect(lines.filter((line) => line.includes('.png'))).toEqual([
      expect.stringMatching(/ {2}#12 {2}41 {10}480x264 {2}2\.7 s {2}\/out\/\[31m000041-41\.png$/),
      expect.stringMatching(/ {2}#12 {2}42 /),
    ]);
    expect(lines.at(-1)).toBe('2 images, 1 generation, 1 failure in 1 m 00 s: 2 images/min, GPU idle 0.0 s');
  });

  test('say failures on the other stream, with what comes next', async () => {
    const { data, words } = await tell(run, false);
    expect(words).toMatch(/#12 {2}The WebUI failed \(HTTP 500\): boom .*Next attempt in 4 s\.\n$/);
    expect(data).not.toContain('boom');
  });

  test('hold no control character and no password', async () => {
    const { data, words } = await tell(run, false);
    expect((data + words).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(data + words + (await tell(run, true)).data).not.toContain('secret');
  });

  test('an interrupted generation is said', async () => {
    const finished = { ...run.find((notice) => notice.type === 'generation-finished'), outcome: 'abandoned' };
    const { data } = await tell([finished as Notice], false);
    expect(data).toMatch(/#12 {2}interrupted\n/);
  });
});

test('a reader that goes away ends the output quietly', async () => {
  const data = new PassThrough();
  const output = createOutput(data, new PassThrough(), false);
  data.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  await new Promise<void>((resolve) => {
    output.readerGone.addEventListener('abort', () => resolve());
  });
  output.print('nobody reads this');
  await output.whenLevel();
  await output.finish();
});

test('a WebUI that stays away is told once a minute, and again when the trouble is another', async () => {
  const data = new PassThrough();
  const words = new PassThrough();
  const printer = createRunPrinter(createOutput(data, words, false), { startedAt: 0, paint: plain });
  const away = (seconds: number, detail: string): Notice => ({
    type: 'failure',
    at: seconds * 1000,
    failure: { kind: 'unreachable', detail },
    generation: null,
    willRetry: true,
    retryDelayMs: 10_000,
  });
  for (let seconds = 0; seconds < 120; seconds += 10) printer.take(away(seconds, 'refused'), url);
  printer.take(away(120, 'no answer in time'), url);
  printer.take({ type: 'connected', at: 130_000, webUi, isReconnect: true }, url);
  printer.take(away(140, 'no answer in time'), url);
  data.end();
  words.end();
  const lines = (await readAll(words)).trimEnd().split('\n');
  expect(lines.map((line) => /refused|no answer in time/.exec(line)?.[0])).toEqual([
    'refused',
    'refused',
    'no answer in time',
    'no answer in time',
  ]);
  expect(lines[0]).toContain('Next attempt in 10 s.');
  expect(await readAll(data)).toContain('connected again');
});

test('the status tells of images that did not come in the words of the report', () => {
  const example = exampleSnapshot();
  const throughput = { ...example.throughput, givenUpCount: 8, replacedCount: 4, missingCount: 1 };
  const snapshot = { ...example, throughput };
  expect(statusWords(snapshot, { now: snapshot.at, isAscii: false })).toContain(
    '2 retried, 8 images given up, 4 replaced by others, 1 missing',
  );
  expect(statusEvent(snapshot, { profile: 'default', pid: 1 })).toMatchObject({
    givenUp: 8,
    replaced: 4,
    missing: 1,
  });
});
