import { beforeEach, expect, test } from 'vitest';
import type { Ledger } from '../../source/ledger/ledger.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { beginLedgerInTest, openLedgerInTest } from './ledger-in-test.ts';
import { failure, finished, generationOf, images, record, start, started } from './notices-in-test.ts';

const hourMs = 3_600_000;
let directory: string;
let ledger: Ledger;
let id: number;

beforeEach(() => {
  directory = tempDirectoryInTest();
  ledger = beginLedgerInTest(directory);
  id = 0;
});

/** `count` generations of four images, from then on, a second apart. */
function generate(at: number, count: number): void {
  for (let index = 0; index < count; index++) {
    const generation = generationOf(++id);
    const options = { at: at - start + index * 1000 };
    record(ledger, [started(generation), ...images(generation, options), finished(generation, options.at)]);
  }
}

/** The first whole hour on the clock from the start on: `start` is one. */
const firstHour = Math.ceil(start / hourMs) * hourMs;

test('when the last screen left is known to the next runner', () => {
  expect(ledger.screenLeftAt).toBeNull();
  ledger.noteScreenLeft(start + 5000);
  ledger.noteScreenLeft(start + 4000);
  expect(ledger.screenLeftAt).toBe(start + 5000);
  ledger.close();
  expect(openLedgerInTest(directory).screenLeftAt).toBe(start + 5000);
});

test('images, losses and trouble of the time are counted, and nothing else', () => {
  generate(firstHour, 3);
  const lost = generationOf(++id);
  const at = firstHour - start + hourMs;
  record(ledger, [started(lost), failure(lost, at), failure(null, at), failure(lost, at + hourMs * 9)]);
  record(ledger, [
    { ...failure(null, at), failure: { kind: 'unreachable', detail: '' } } as ReturnType<typeof failure>,
    finished(lost, at, { outcome: 'given-up', imageCount: 1 }),
  ]);
  expect(ledger.absenceSince(firstHour + 500, firstHour + 2 * hourMs)).toMatchObject({
    imageCount: 8,
    givenUpCount: 3,
    replacedCount: 0,
    missingCount: 0,
    failures: [
      { kind: 'out-of-memory', count: 2 },
      { kind: 'unreachable', count: 1 },
    ],
  });
});

test('the slowest hour is a whole one, may be empty, and lies before the last sign of life', () => {
  generate(firstHour - 60_000, 1);
  generate(firstHour, 5);
  generate(firstHour + 2 * hourMs, 3);
  generate(firstHour + 3 * hourMs, 1);
  const slowest = (since: number, until: number) => ledger.absenceSince(since, until).slowestHour;
  const end = firstHour + 9 * hourMs;
  expect(slowest(firstHour - 60_000, end)).toEqual({ startAt: firstHour + hourMs, imageCount: 0 });
  expect(slowest(firstHour + 1.5 * hourMs, end)).toEqual({
    startAt: firstHour + 2 * hourMs,
    imageCount: 12,
  });
  expect(slowest(firstHour + 2.5 * hourMs, end)).toBeNull();
  expect(slowest(firstHour, firstHour + hourMs)).toEqual({ startAt: firstHour, imageCount: 20 });
  expect(slowest(firstHour, firstHour + hourMs - 1)).toBeNull();
});
