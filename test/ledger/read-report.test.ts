import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Notice } from '../../source/engine/notice.ts';
import type { Ledger } from '../../source/ledger/ledger.ts';
import { ledgerPath } from '../../source/ledger/open-ledger.ts';
import { openLedgerReader } from '../../source/ledger/open-ledger-reader.ts';
import type { Report } from '../../source/presentation/report.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { beginLedgerInTest, openLedgerInTest } from './ledger-in-test.ts';
import {
  connected,
  failure,
  finished,
  generationOf,
  image,
  record,
  start,
  started,
  wholeGeneration,
} from './notices-in-test.ts';

let directory: string;
let ledger: Ledger;

beforeEach(() => {
  directory = tempDirectoryInTest();
});

function reportOf(since: number | null = null): Report | null {
  const reading = openLedgerReader(directory);
  if (!reading.ok) throw new Error(reading.trouble.message);
  using _closing = { [Symbol.dispose]: () => reading.reader.close() };
  const report = reading.reader.report(since);
  expect(reading.reader.trouble()).toBeNull();
  return report;
}

/** An earlier run, then one with two generations of two checkpoints, the second of which lost an image. */
function fill(): void {
  ledger = beginLedgerInTest(directory);
  record(ledger, wholeGeneration(generationOf(1), { at: 1000, directory: '/early' }));
  ledger.endRun(start + 10_000);
  ledger.beginRun({ at: start + 100_000, url: 'http://gpu:7860', isContinued: false });
  record(ledger, [connected(100_000)]);
  record(ledger, wholeGeneration(generationOf(1), { at: 130_000, directory: '/day-1' }));
  const other = { ...generationOf(2), checkpoint: 'other.safetensors' };
  record(ledger, [started(other, 160_000), failure(other, 165_000)]);
  record(ledger, [
    ...[1020, 1021, 1022].map((seed) => image(other, seed, { at: 190_000, directory: '/day-2' })),
    finished(other, 190_000, { imageCount: 3, durationMs: 6000 }),
  ]);
}

test('the newest run, and nothing of the one before, while it is being written', () => {
  fill();
  expect(reportOf()).toMatchObject({
    fromAt: start + 100_000,
    untilAt: start + 190_000,
    runCount: 1,
    ending: null,
    url: 'http://gpu:7860',
    version: 'v1.10.1',
    imageCount: 7,
    byteCount: 7 * 1234,
    generationCount: 2,
    retryCount: 1,
    givenUpCount: 0,
    replacedCount: 0,
    missingCount: 1,
    awayMs: 0,
    gpuIdleMs: 10,
    activeMs: 2800 + 6000 + 10,
    hours: null,
    checkpoints: [
      { title: 'dreamshaper_8.safetensors [879db523c3]', imageCount: 4, msPerImage: 700 },
      { title: 'other.safetensors', imageCount: 3, msPerImage: 700 },
    ],
    folders: [
      { path: '/day-2', fileCount: 3, byteCount: 3 * 1234 },
      { path: '/day-1', fileCount: 4, byteCount: 4 * 1234 },
    ],
    incidents: [{ kind: 'checkpoint-changed' }, { kind: 'out-of-memory', count: 1 }],
  });
});

test('since a time: all runs that lived then, and only what happened after it', () => {
  fill();
  ledger.endRun(start + 191_000);
  expect(reportOf(start + 500)).toMatchObject({
    runCount: 2,
    imageCount: 11,
    fromAt: start + 500,
    ending: 'ended',
  });
  expect(reportOf(start + 150_000)).toMatchObject({ runCount: 1, imageCount: 3, generationCount: 1 });
  expect(reportOf(start + 1_000_000)).toBeNull();
});

test('images that were given up, or made again with other seeds, are told apart and are not missing', () => {
  ledger = beginLedgerInTest(directory);
  const nan = { ...failure(generationOf(1), 1), failure: { kind: 'nan', detail: '' } } as Notice;
  const over = { outcome: 'given-up', imageCount: 0 } as const;
  record(ledger, [connected(), started(generationOf(1), 0), nan, finished(generationOf(1), 2, over)]);
  record(ledger, [
    started(generationOf(2), 3),
    failure(generationOf(2), 4),
    { ...nan, at: start + 5, generation: generationOf(2), willRetry: false } as Notice,
    finished(generationOf(2), 6, over),
  ]);
  expect(reportOf()).toMatchObject({ givenUpCount: 4, replacedCount: 4, missingCount: 0 });
});

test('the time without a WebUI: from when it failed, or never answered, until it answered', () => {
  ledger = beginLedgerInTest(directory);
  const lost = { ...failure(null, 0), failure: { kind: 'unreachable', detail: '' } } as Notice;
  record(ledger, [lost, { ...lost, at: start + 1000 }, connected(5000), started(generationOf(1), 5000)]);
  const cut = { ...lost, failure: { kind: 'connection-lost', detail: '' }, generation: generationOf(1) };
  record(ledger, [
    { ...cut, at: start + 10_000 } as Notice,
    { type: 'restarting', at: start + 10_100, way: 'command', reason: { kind: 'unreachable', detail: '' } },
    { ...connected(13_000), isReconnect: true } as Notice,
    failure(generationOf(1), 14_000),
    { ...lost, at: start + 20_000 },
    finished(generationOf(1), 21_000, {}),
  ]);
  expect(reportOf()?.awayMs).toBe(5000 + 3000 + 1000);
  expect(reportOf(start + 12_000)?.awayMs).toBe(1000);
});

test('a run without an image, and a ledger without a run', () => {
  ledger = openLedgerInTest(directory);
  expect(reportOf()).toBeNull();
  ledger.beginRun({ at: start, url: 'http://gpu:7860', isContinued: false });
  expect(reportOf()).toMatchObject({
    imageCount: 0,
    folders: [],
    checkpoints: [],
    hours: null,
    gpuIdleMs: 0,
  });
});

test('a ledger of before incidents were kept, which no newer runner has opened', () => {
  copyFileSync(join(import.meta.dirname, 'samples/schema-1.sqlite'), ledgerPath(directory));
  expect(reportOf()).toMatchObject({ imageCount: 1, incidents: [] });
});
