import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Notice } from '../../source/engine/notice.ts';
import { usualHires } from '../../source/generation/asked.ts';
import { seedsOf } from '../../source/generation/generation.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import { openLedger } from '../../source/ledger/open-ledger.ts';
import { nothingNotMade } from '../../source/stats/not-made.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { ask, beginLedgerInTest, openLedgerInTest } from './ledger-in-test.ts';
import {
  connected,
  failure,
  finished,
  generationOf,
  image,
  images,
  record,
  restingMemory,
  start,
  started,
  wholeGeneration,
} from './notices-in-test.ts';

let directory: string;
let ledgerCount = 0;

beforeEach(() => {
  directory = join(tempDirectoryInTest(), 'state', 'sdloop', 'default');
});

test('a generation is in the file, open, before anything else happens, and closed with its outcome', () => {
  const ledger = beginLedgerInTest(directory);
  const generation = generationOf(1);
  record(ledger, [connected(), started(generation, 10)]);
  expect(ask(directory, 'SELECT number, outcome, planned_at FROM generations')).toEqual([
    { number: 1, outcome: null, planned_at: start + 10 },
  ]);
  record(ledger, [...images(generation, { at: 500 }), finished(generation, 600)]);
  expect(ask(directory, 'SELECT outcome, landed_count, ended_at FROM generations')).toEqual([
    { outcome: 'finished', landed_count: 4, ended_at: start + 600 },
  ]);
  expect(
    ask(
      directory,
      `SELECT seed, path, name, prompt, title, version, width, height, byte_count, duration_ms, images.saved_at
       FROM images JOIN folders ON folders.id = folder_id JOIN prompts ON prompts.id = images.prompt_id
       JOIN checkpoints ON checkpoints.id = checkpoint_id JOIN versions ON versions.id = version_id LIMIT 1`,
    ),
  ).toEqual([
    {
      seed: 1010,
      path: '/outputs',
      name: '01010-1010.png',
      prompt: 'a lighthouse',
      title: generation.checkpoint,
      version: 'v1.10.1',
      width: 480,
      height: 264,
      byte_count: 1234,
      duration_ms: 700,
      saved_at: start + 500,
    },
  ]);
  expect(ledger.trouble()).toBeNull();
});

test('an image is in a generation once, however often it is told', () => {
  const ledger = beginLedgerInTest(directory);
  const generation = generationOf(1);
  record(ledger, [started(generation), image(generation, 1010)]);
  record(ledger, [image(generation, 1010, { directory: '/elsewhere' })]);
  expect(ask(directory, 'SELECT seed FROM images')).toEqual([{ seed: 1010 }]);
});

test('it is for this user alone', () => {
  const ledger = beginLedgerInTest(directory);
  record(ledger, [started(generationOf(1))]);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
});

test('credentials in an address are not written', () => {
  const ledger = openLedgerInTest(directory);
  ledger.beginRun({ at: start, url: 'http://user:secret@gpu-box:7860', isContinued: false });
  expect(ask(directory, 'SELECT url FROM runs')).toEqual([{ url: 'http://gpu-box:7860' }]);
});

test('progress and an unchanged memory write nothing', () => {
  const ledger = beginLedgerInTest(directory);
  record(ledger, [started(generationOf(1))]);
  const before = readFileSync(join(directory, 'ledger.sqlite-wal')).length;
  record(ledger, [{ type: 'activity-changed', at: start + 1000, isActive: true }]);
  expect(readFileSync(join(directory, 'ledger.sqlite-wal')).length).toBe(before);
  record(ledger, [{ type: 'paused', at: start + 1000 }], { ...restingMemory, intention: 'pause' });
  expect(readFileSync(join(directory, 'ledger.sqlite-wal')).length).toBeGreaterThan(before);
});

test('what a person asked for beside the plan comes back whole, made or still waiting', () => {
  const ledger = beginLedgerInTest(directory);
  const asked = { variation: { subseed: 4_294_967_295, strength: 0.25 }, hires: usualHires };
  const generation = { ...generationOf(5, { batchSize: 1 }), asked };
  const order = {
    checkpoint: 'dream',
    parameters: defaultParameters,
    seed: 7,
    variation: null,
    hires: null,
    times: 2,
  };
  const position = { nextGenerationId: 6, plannedImageCount: 8, nextCountingSeed: null, orders: [order] };
  record(ledger, [started(generation)], { ...restingMemory, position });
  ledger.close();
  const { cutOff } = openLedgerInTest(directory);
  expect(cutOff?.unfinished.map((each) => each.generation)).toEqual([generation]);
  expect(cutOff?.memory.position).toEqual(position);
});

describe('a run that was cut off', () => {
  const memory = {
    plan: {
      checkpoint: 'dream',
      parameters: { ...defaultParameters, prompt: '一只猫' },
      seed: { kind: 'random' },
      goal: null,
    },
    position: { nextGenerationId: 3, plannedImageCount: 8, nextCountingSeed: null },
    intention: 'pause',
    ended: null,
  } as const;

  test('is known with its memory, its open generations and its figures', () => {
    const ledger = beginLedgerInTest(directory);
    const [first, second] = [generationOf(1), generationOf(2, { prompt: '灯塔 "\u0000' })];
    record(ledger, [failure(first, 10), ...wholeGeneration(first, { at: 100 })]);
    record(ledger, [started(second, 200), image(second, 1021, { at: 300 })], memory);
    ledger.close();
    const { recentImages, recentGenerations, ...cutOff } = openLedgerInTest(directory).cutOff ?? {
      recentImages: [],
    };
    expect(recentGenerations).toEqual([{ endedAt: start + 100, spanMs: 2805, imageCount: 4 }]);
    expect(recentImages.map(({ generationId, seed }) => [generationId, seed])).toEqual([
      [2, 1021],
      [1, 1013],
      [1, 1012],
      [1, 1011],
      [1, 1010],
    ]);
    expect(recentImages[0]).toMatchObject({ path: '/outputs/01021-1021.png', durationMs: 700 });
    expect(cutOff).toEqual({
      url: 'http://127.0.0.1:7860',
      startedAt: start,
      memory,
      unfinished: [{ generation: second, plannedAt: start + 200, saving: 'server', landedSeeds: [1021] }],
      imageCount: 5,
      generationCount: 1,
      retryCount: 1,
      ...nothingNotMade,
      gpuIdleMs: 5,
      activeMs: 2805,
      lastAt: start + 300,
    });
  });

  test('goes on in the same rows', () => {
    const ledger = beginLedgerInTest(directory);
    const generation = generationOf(1);
    record(ledger, [started(generation), image(generation, 1010)]);
    ledger.close();
    const next = openLedgerInTest(directory);
    next.beginRun({ at: start + 1000, url: 'http://127.0.0.1:7860', isContinued: true });
    record(next, [...images(generation, { at: 1100 }), finished(generation, 1200)]);
    expect(ask(directory, 'SELECT count(*) AS runs FROM runs')).toEqual([{ runs: 1 }]);
    expect(ask(directory, 'SELECT outcome, landed_count FROM generations')).toEqual([
      { outcome: 'finished', landed_count: 4 },
    ]);
    expect(ask(directory, 'SELECT image_count FROM runs')).toEqual([{ image_count: 4 }]);
  });

  test('ends as cut off when another begins', () => {
    const ledger = beginLedgerInTest(directory);
    const generation = generationOf(1);
    record(ledger, [started(generation), image(generation, 1010)]);
    ledger.close();
    const next = beginLedgerInTest(directory);
    expect(ask(directory, 'SELECT outcome, landed_count FROM generations')).toEqual([
      { outcome: 'cut-off', landed_count: 1 },
    ]);
    expect(ask(directory, 'SELECT ending FROM runs ORDER BY id')).toEqual([
      { ending: 'cut-off' },
      { ending: null },
    ]);
    next.close();
    expect(openLedgerInTest(directory).cutOff?.unfinished).toEqual([]);
  });

  test('is none when it ended in good order', () => {
    const ledger = beginLedgerInTest(directory);
    record(ledger, [started(generationOf(1))]);
    ledger.endRun(start + 5000);
    ledger.close();
    expect(openLedgerInTest(directory).cutOff).toBeNull();
    expect(ask(directory, 'SELECT ending, ended_at FROM runs')).toEqual([
      { ending: 'ended', ended_at: start + 5000 },
    ]);
    expect(ask(directory, 'SELECT outcome FROM generations')).toEqual([{ outcome: 'cut-off' }]);
  });

  test('is known exactly after a crash at any moment, and again after the next', { timeout: 60_000 }, () => {
    const step = fc.record({
      kind: fc.constantFrom('start', 'land', 'land', 'finish', 'fail'),
      choice: fc.nat(1000),
      isCrashAfter: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let home = join(directory, String(++ledgerCount));
        let ledger = openLedger({ directory: home });
        ledger.beginRun({ at: start, url: 'http://127.0.0.1:7860', isContinued: false });
        const open = new Map<number, number[]>();
        let nextId = 1;
        for (const { kind, choice, isCrashAfter } of steps) {
          const id = [...open.keys()][choice % Math.max(1, open.size)] ?? 0;
          const generation = generationOf(kind === 'start' ? nextId : id);
          const landed = open.get(id) ?? [];
          const missing = seedsOf(generation).filter((seed) => !landed.includes(seed));
          const notices: Notice[] = [];
          if (kind === 'start') {
            open.set(nextId++, []);
            notices.push(started(generation));
          } else if (kind === 'land' && id > 0 && missing[0] !== undefined) {
            landed.push(missing[0]);
            notices.push(image(generation, missing[0]));
          } else if (kind === 'finish' && id > 0) {
            open.delete(id);
            notices.push(finished(generation, 0, { imageCount: landed.length }));
          } else if (kind === 'fail') notices.push(failure(null));
          record(ledger, notices);
          if (!isCrashAfter) continue;
          const crashed = `${home}x`;
          copyFiles(home, crashed);
          ledger.close();
          home = crashed;
          ledger = openLedger({ directory: home });
          const known = ledger.cutOff?.unfinished.map((each) => [each.generation, each.landedSeeds]);
          expect(known).toEqual([...open].map(([number, seeds]) => [generationOf(number), seeds]));
          ledger.beginRun({ at: start, url: 'http://127.0.0.1:7860', isContinued: true });
        }
        ledger.close();
      }),
      { numRuns: 40 },
    );
  });

  /** What kill -9 leaves: the files as the system has them. The shared memory is made anew from the log. */
  function copyFiles(from: string, to: string): void {
    mkdirSync(to, { recursive: true });
    for (const name of ['ledger.sqlite', 'ledger.sqlite-wal']) {
      if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
    }
  }
});
