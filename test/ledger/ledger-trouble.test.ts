import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { ledgerPath, pendingPath } from '../../source/ledger/open-ledger.ts';
import { mountDisk } from '../gallery/helpers/mounts.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { ask, beginLedgerInTest, openLedgerInTest } from './ledger-in-test.ts';
import {
  failure,
  finished,
  generationOf,
  image,
  images,
  record,
  start,
  started,
  wholeGeneration,
} from './notices-in-test.ts';

let directory: string;

beforeEach(() => {
  directory = tempDirectoryInTest();
});

function asideNames(): string[] {
  return readdirSync(directory).filter((name) => /^ledger\.broken-.*\.sqlite$/.test(name));
}

describe('while another program holds the lock', () => {
  function holdLock(): () => void {
    const other = new DatabaseSync(ledgerPath(directory));
    other.exec('BEGIN IMMEDIATE');
    onTestFinished(() => other.close());
    return () => other.exec('COMMIT');
  }

  test('nothing waits for it, it is said, and all is written once it is gone', async () => {
    const ledger = beginLedgerInTest(directory);
    const release = holdLock();
    const generation = generationOf(1);
    const startedAt = performance.now();
    for (const notice of wholeGeneration(generation)) record(ledger, [notice]);
    expect(performance.now() - startedAt).toBeLessThan(200);
    expect(ledger.trouble()).toContain('Another program holds the lock');
    expect(ledger.trouble()).toContain('6 records wait');
    expect(ask(directory, 'SELECT * FROM generations')).toEqual([]);
    release();
    await waitFor(() => ledger.trouble() === null);
    expect(ask(directory, 'SELECT number, outcome FROM generations')).toEqual([
      { number: 1, outcome: 'finished' },
    ]);
    expect(ask(directory, 'SELECT count(*) AS count FROM images')).toEqual([{ count: 4 }]);
    expect(existsSync(pendingPath(directory))).toBe(false);
    record(ledger, [started(generationOf(2))]);
    expect(ask(directory, 'SELECT kind, reason FROM incidents')).toEqual([
      { kind: 'ledger', reason: 'The ledger could not be written for a while.' },
    ]);
  });

  test('a runner that is killed then loses nothing: the next one writes what waited, once', () => {
    const ledger = beginLedgerInTest(directory);
    const generation = generationOf(1);
    const release = holdLock();
    record(ledger, [started(generation), failure(generation, 10)]);
    record(ledger, [image(generation, 1010)]);
    expect(statSync(pendingPath(directory)).mode & 0o777).toBe(0o600);
    const left = readFileSync(pendingPath(directory));
    release();
    // Closing writes what waits; then the file comes back, as if it could not have been removed.
    ledger.close();
    writeFileSync(pendingPath(directory), Buffer.concat([left, left.subarray(0, -30)]));
    const next = openLedgerInTest(directory);
    expect(next.cutOff).toMatchObject({
      unfinished: [{ landedSeeds: [1010] }],
      retryCount: 1,
      imageCount: 1,
    });
    expect(ask(directory, 'SELECT count(*) AS count FROM failures')).toEqual([{ count: 1 }]);
    expect(existsSync(pendingPath(directory))).toBe(false);
  });

  test('what was cut off is known all the same', () => {
    const ledger = beginLedgerInTest(directory);
    const generation = generationOf(1);
    record(ledger, [started(generation)]);
    holdLock();
    record(ledger, [image(generation, 1010)]);
    const next = openLedgerInTest(directory);
    expect(next.cutOff?.unfinished).toMatchObject([{ landedSeeds: [1010] }]);
  });

  test('memory is bounded: the oldest records are lost, which is said', () => {
    const ledger = beginLedgerInTest(directory, { mostWaiting: 10 });
    const release = holdLock();
    for (let id = 1; id <= 12; id++) record(ledger, [started(generationOf(id))]);
    expect(ledger.trouble()).toContain('2 older records are lost');
    release();
    ledger.close();
    expect(ask(directory, 'SELECT min(number) AS first, count(*) AS count FROM generations')).toEqual([
      { first: 3, count: 10 },
    ]);
  });
});

test('a full disk is said and survived, and all is there once there is room', async ({ skip }) => {
  const disk = mountDisk(1 << 20);
  if (disk === null) return skip('this user may not mount a disk');
  directory = disk;
  const ledger = beginLedgerInTest(directory);
  const stone = join(disk, 'stone');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(stone, Buffer.alloc(bavail * bsize));
  let count = 0;
  while (ledger.trouble() === null && count < 1000) record(ledger, wholeGeneration(generationOf(++count)));
  record(ledger, wholeGeneration(generationOf(++count)));
  expect(ledger.trouble()).toMatch(/is full|cannot be opened or written/);
  rmSync(stone);
  await waitFor(() => ledger.trouble() === null);
  expect(ask(directory, 'SELECT count(*) AS count FROM images')).toEqual([{ count: count * 4 }]);
});

describe('a file that is no ledger', () => {
  test.each([
    ['text', () => writeFileSync(ledgerPath(directory), 'these are no pages\n'.repeat(1000))],
    ['a directory', () => mkdirSync(ledgerPath(directory))],
    [
      'the database of another program',
      () => {
        const other = new DatabaseSync(ledgerPath(directory));
        other.exec('CREATE TABLE runs (a); PRAGMA user_version = 1');
        other.close();
      },
    ],
  ])('is set aside: %s', (_, make) => {
    make();
    const ledger = beginLedgerInTest(directory);
    expect(ledger.takeRemarks().join()).toMatch(/set aside as ledger\.broken-.*\.sqlite/);
    expect(ledger.takeRemarks()).toEqual([]);
    expect(ledger.trouble()).toBeNull();
    expect(asideNames()).toHaveLength(1);
    record(ledger, wholeGeneration(generationOf(1)));
    expect(ask(directory, 'SELECT count(*) AS count FROM images')).toEqual([{ count: 4 }]);
  });

  test('a link that leads nowhere is waited for', () => {
    symlinkSync(join(directory, 'gone', 'ledger.sqlite'), ledgerPath(directory));
    const ledger = beginLedgerInTest(directory);
    record(ledger, [started(generationOf(1))]);
    expect(ledger.trouble()).toContain('cannot be opened');
  });
});

test('a ledger that breaks under a run is set aside, and the run is written anew with what is open', async () => {
  const ledger = beginLedgerInTest(directory);
  const [first, second] = [generationOf(1), generationOf(2)];
  record(ledger, wholeGeneration(first));
  record(ledger, [started(second), image(second, 1020)]);
  const other = new DatabaseSync(ledgerPath(directory));
  other.exec('DROP TABLE failures');
  other.close();
  record(ledger, [failure(second, 50), image(second, 1021)]);
  expect(ledger.takeRemarks().join()).toContain('set aside');
  await waitFor(() => ledger.trouble() === null);
  record(ledger, [...images(second), finished(second)]);
  expect(ask(directory, 'SELECT number, outcome, landed_count FROM generations')).toEqual([
    { number: 2, outcome: 'finished', landed_count: 4 },
  ]);
  expect(ask(directory, 'SELECT count(*) AS count FROM images')).toEqual([{ count: 4 }]);
  expect(ask(directory, 'SELECT image_count, generation_count, retry_count FROM runs')).toEqual([
    { image_count: 8, generation_count: 2, retry_count: 1 },
  ]);
});

describe('a ledger that is deleted under a run', () => {
  const twoAndAHalf = () => {
    const ledger = beginLedgerInTest(directory, { lookEveryMs: 60_000 });
    record(ledger, wholeGeneration(generationOf(1)));
    rmSync(directory, { recursive: true });
    // Into a file that is no more: nobody has looked yet.
    record(ledger, wholeGeneration(generationOf(2)));
    record(ledger, [started(generationOf(3)), image(generationOf(3), 1030)]);
    return ledger;
  };

  test('is missed at the end, at the latest: a new one has all that was written since it was last seen', () => {
    twoAndAHalf().close();
    expect(ask(directory, 'SELECT number, outcome FROM generations ORDER BY number')).toEqual([
      { number: 1, outcome: 'finished' },
      { number: 2, outcome: 'finished' },
      { number: 3, outcome: null },
    ]);
    expect(ask(directory, 'SELECT image_count, generation_count FROM runs')).toEqual([
      { image_count: 9, generation_count: 2 },
    ]);
    expect(openLedgerInTest(directory).cutOff?.unfinished).toMatchObject([{ landedSeeds: [1030] }]);
  });

  test('is missed while the loop goes on, and said once', () => {
    const ledger = beginLedgerInTest(directory, { lookEveryMs: 0 });
    record(ledger, [started(generationOf(1)), image(generationOf(1), 1010)]);
    rmSync(ledgerPath(directory));
    record(ledger, [image(generationOf(1), 1011)]);
    expect(ledger.takeRemarks().join()).toMatch(/was deleted or replaced while the loop ran/);
    expect(ledger.takeRemarks()).toEqual([]);
    expect(ledger.trouble()).toBeNull();
    record(ledger, [image(generationOf(1), 1012)]);
    expect(ask(directory, 'SELECT seed FROM images ORDER BY seed')).toEqual([
      { seed: 1010 },
      { seed: 1011 },
      { seed: 1012 },
    ]);
    expect(existsSync(pendingPath(directory))).toBe(false);
  });

  test('is said where its place cannot be written', () => {
    const ledger = twoAndAHalf();
    writeFileSync(directory, 'in the way');
    ledger.close();
    expect(ledger.trouble()).toMatch(/cannot be opened or written/);
  });
});

test('damaged pages are met as a value, never as an exception', async () => {
  const ledger = beginLedgerInTest(directory);
  for (let id = 1; id <= 200; id++) record(ledger, wholeGeneration(generationOf(id)));
  ledger.close();
  const { size } = statSync(ledgerPath(directory));
  const half = Math.floor(size / 8192) * 4096;
  truncateSync(ledgerPath(directory), half);
  appendFileSync(ledgerPath(directory), Buffer.alloc(size - half, 0xaa));
  const next = beginLedgerInTest(directory);
  for (let id = 1; id <= 50; id++) record(next, wholeGeneration(generationOf(id)));
  await waitFor(() => next.trouble() === null);
  expect(next.takeRemarks().join()).toContain('set aside');
  next.close();
  expect(openLedgerInTest(directory).cutOff?.startedAt).toBe(start);
});

test('a ledger of a newer sdloop is not touched, and what happens is kept for it', () => {
  const newer = new DatabaseSync(ledgerPath(directory));
  newer.exec('PRAGMA journal_mode = WAL; PRAGMA user_version = 99; CREATE TABLE something (a)');
  const names = [ledgerPath(directory), `${ledgerPath(directory)}-wal`];
  const files = names.map((name) => readFileSync(name));
  newer.close();
  // As after a crash: the log is not carried over yet.
  for (const [index, name] of names.entries()) writeFileSync(name, files[index] ?? '');
  const ledger = beginLedgerInTest(directory);
  record(ledger, [started(generationOf(1))]);
  expect(ledger.trouble()).toMatch(/newer sdloop \(schema 99, this one knows 2\)/);
  expect(ledger.absenceSince(start, start + 1)).toMatchObject({ imageCount: 0 });
  ledger.close();
  expect(names.map((name) => readFileSync(name))).toEqual(files);
  expect(readFileSync(pendingPath(directory), 'utf8').trim().split('\n')).toHaveLength(2);
});

test('a directory that cannot be made is said, and generation goes on', () => {
  writeFileSync(join(directory, 'file'), '');
  const ledger = beginLedgerInTest(join(directory, 'file', 'default'));
  record(ledger, [started(generationOf(1))]);
  expect(ledger.trouble()).toContain('make its directory writable');
  expect(ledger.cutOff).toBeNull();
});
