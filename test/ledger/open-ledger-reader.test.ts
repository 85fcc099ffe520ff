import { mkdirSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ledgerPath } from '../../source/ledger/open-ledger.ts';
import { type LedgerReader, openLedgerReader } from '../../source/ledger/open-ledger-reader.ts';
import type { ImageFilter } from '../../source/presentation/image-facts.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { beginLedgerInTest } from './ledger-in-test.ts';
import {
  connected,
  generationOf,
  image,
  record,
  start,
  started,
  wholeGeneration,
} from './notices-in-test.ts';

const everything: ImageFilter = { since: null, model: null, seed: null, prompt: null };
let directory: string;

beforeEach(() => {
  directory = tempDirectoryInTest();
});

function openReaderInTest(): LedgerReader {
  const reading = openLedgerReader(directory);
  if (!reading.ok) throw new Error(reading.trouble.message);
  onTestFinished(() => reading.reader.close());
  return reading.reader;
}

function seeds(filter: Partial<ImageFilter>): number[] {
  return [...openReaderInTest().listImages({ ...everything, ...filter })].map(({ seed }) => seed);
}

test('images are read while the runner writes, newest first, with all that made them', () => {
  const ledger = beginLedgerInTest(directory);
  const generation = generationOf(7, { negativePrompt: 'blurry', sampler: 'Euler a', batchSize: 2 });
  record(ledger, [connected(), started(generation), image(generation, 1070, { at: 100 })]);
  const reader = openReaderInTest();
  expect([...reader.listImages(everything)]).toHaveLength(1);
  record(ledger, [image(generation, 1071, { at: 200 })]);
  expect([...reader.listImages(everything)]).toMatchObject([{ seed: 1071 }, { seed: 1070 }]);
  expect(reader.listImages(everything).next().value).toEqual({
    generation: 7,
    seed: 1071,
    path: '/outputs/01071-1071.png',
    width: 480,
    height: 264,
    byteCount: 1234,
    savedAt: start + 200,
    checkpoint: generation.checkpoint,
    prompt: 'a lighthouse',
    negativePrompt: 'blurry',
    sampler: 'Euler a',
    scheduler: null,
    steps: 20,
    cfgScale: 7,
    durationMs: 700,
    version: 'v1.10.1',
  });
});

test('a page follows the one before without a gap, even where thousands were saved at one time', () => {
  const ledger = beginLedgerInTest(directory);
  for (let id = 1; id <= 8; id++) {
    record(
      ledger,
      wholeGeneration({ ...generationOf(id, { batchSize: 64, batchCount: 5 }), firstSeed: id * 1000 }),
    );
  }
  const listed = seeds({});
  expect(listed).toHaveLength(2560);
  expect(new Set(listed).size).toBe(2560);
});

describe('a filter', () => {
  const prompts = [
    'a Lighthouse at dusk',
    '一只猫在灯塔上',
    'a 100%_real "quoted" cat',
    'C\\D, an or-not AND (near)*',
    'ÉCLAIR au café',
  ];

  beforeEach(() => {
    const ledger = beginLedgerInTest(directory);
    for (const [index, prompt] of prompts.entries()) {
      const generation = { ...generationOf(index + 1, { prompt, batchSize: 1 }), firstSeed: index };
      const checkpoint = index % 2 === 0 ? 'DreamShaper_8.safetensors' : '演示-水墨.safetensors';
      record(ledger, wholeGeneration(generation, { at: index * 1000, checkpoint }));
    }
  });

  test.each<[string, number[]]>([
    ['lighthouse', [0]],
    ['dusk LIGHT', [0]],
    ['lighthouse cat', []],
    ['猫', [1]],
    ['灯塔', [1]],
    ['一只猫 灯塔', [1]],
    ['100%_real', [2]],
    ['%', [2]],
    ['_', [2]],
    ['"quoted"', [2]],
    ['or-not (near)*', [3]],
    ['\\', [3]],
    ['AND', [3]],
    ['NOT cat', []],
    ['éclair', [4]],
    ['   ', [4, 3, 2, 1, 0]],
    ['cat\u0000', [2]],
  ])('for the prompt %j finds those with all its terms', (prompt, found) => {
    expect(seeds({ prompt })).toEqual(found);
  });

  test('takes time, model and seed, alone and together', () => {
    expect(seeds({ since: start + 3000 })).toEqual([4, 3]);
    expect(seeds({ model: 'dreamSHAPER' })).toEqual([4, 2, 0]);
    expect(seeds({ model: '水墨' })).toEqual([3, 1]);
    expect(seeds({ model: 'nothing' })).toEqual([]);
    expect(seeds({ seed: 2 })).toEqual([2]);
    expect(seeds({ model: 'safetensors', since: start + 1000, prompt: 'a' })).toEqual([4, 3, 2]);
  });

  test('is never taken for a question to the database, whatever is typed', () => {
    const reader = openReaderInTest();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (prompt) => {
        const found = [...reader.listImages({ ...everything, prompt, model: prompt })];
        expect(reader.trouble()).toBeNull();
        expect(found.length).toBeLessThanOrEqual(prompts.length);
      }),
    );
  });
});

describe('what cannot be read is a value', () => {
  const kindOf = () => {
    const reading = openLedgerReader(directory);
    return reading.ok ? 'ok' : reading.trouble.kind;
  };

  test('no file, an empty one, a directory, text, a newer schema', () => {
    expect(kindOf()).toBe('absent');
    writeFileSync(ledgerPath(directory), '');
    expect(kindOf()).toBe('absent');
    writeFileSync(ledgerPath(directory), 'no pages at all '.repeat(500));
    expect(kindOf()).toBe('broken');
    directory = tempDirectoryInTest();
    mkdirSync(ledgerPath(directory));
    expect(kindOf()).toBe('broken');
    directory = tempDirectoryInTest();
    const newer = new DatabaseSync(ledgerPath(directory));
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    expect(kindOf()).toBe('newer');
  });

  test('a table that is missing ends the listing and is told', () => {
    const ledger = beginLedgerInTest(directory);
    record(ledger, wholeGeneration(generationOf(1)));
    const other = new DatabaseSync(ledgerPath(directory));
    other.exec('PRAGMA foreign_keys = OFF; DROP TABLE versions');
    other.close();
    const reader = openReaderInTest();
    expect([...reader.listImages(everything)]).toEqual([]);
    expect(reader.trouble()?.kind).toBe('broken');
  });
});
