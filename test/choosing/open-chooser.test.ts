import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, test } from 'vitest';
import { choicesPath } from '../../source/choosing/open-choices.ts';
import { openChooser } from '../../source/choosing/open-chooser.ts';
import type { Ledger } from '../../source/ledger/ledger.ts';
import { ledgerPath } from '../../source/ledger/open-ledger.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { beginLedgerInTest } from '../ledger/ledger-in-test.ts';
import { generationOf, record, started } from '../ledger/notices-in-test.ts';
import { done, listIn, makeImages, namesIn, openChooserInTest, writeImage } from './chooser-in-test.ts';

let state: string;
let outputs: string;
let ledger: Ledger;

beforeEach(() => {
  const base = tempDirectoryInTest();
  state = join(base, 'state');
  outputs = join(base, 'outputs', '2027-01-15');
  ledger = beginLedgerInTest(state);
});

const kept = (stars: number) => ({ verdict: 'kept', stars }) as const;

test('an image is undecided until stars keep it, and is told with all that the ledger knows', async () => {
  const [first = '', second = ''] = await makeImages(ledger, outputs);
  const chooser = openChooserInTest(state);
  expect((await listIn(chooser)).images.map(({ choice }) => choice.verdict)).toEqual(
    Array(4).fill('undecided'),
  );
  done(await chooser.choose([first], { kind: 'stars', stars: 4 }));
  done(await chooser.choose([second], { kind: 'keep' }));
  expect((await listIn(chooser, { verdict: 'kept' })).images).toMatchObject([
    { path: second, choice: kept(0) },
    { path: first, choice: kept(4), prompt: 'a lighthouse', sampler: null, steps: 20, generation: 1 },
  ]);
  expect(await namesIn(chooser, { minStars: 4 })).toEqual([basename(first)]);
  done(await chooser.choose([first], { kind: 'keep' }));
  expect(await namesIn(chooser, { minStars: 4 })).toEqual([basename(first)]);
  done(await chooser.choose([first, second], { kind: 'clear' }));
  expect(await namesIn(chooser, { verdict: 'kept' })).toEqual([]);
});

test('lists are filtered, sorted and cut into windows', async () => {
  const lighthouses = await makeImages(ledger, outputs, { id: 1 });
  const cats = await makeImages(ledger, outputs, { id: 2, prompt: 'a cat' });
  const chooser = openChooserInTest(state);
  done(await chooser.choose(lighthouses.slice(0, 2), { kind: 'stars', stars: 5 }));
  done(await chooser.choose(cats.slice(0, 1), { kind: 'stars', stars: 2 }));
  expect(await namesIn(chooser, { prompt: 'cat' })).toEqual(cats.map((path) => basename(path)).reverse());
  expect(await namesIn(chooser, { name: '1021' })).toEqual(['01021-1021.png']);
  expect(await namesIn(chooser, { seed: 1012 })).toEqual(['01012-1012.png']);
  expect(await namesIn(chooser, { verdict: 'undecided', prompt: 'LIGHT' })).toEqual([
    '01013-1013.png',
    '01012-1012.png',
  ]);
  const best = await listIn(chooser, {}, { sort: 'best' });
  expect(best.images.map(({ seed }) => seed)).toEqual([1011, 1010, 1020]);
  const window = await listIn(chooser, {}, { firstIndex: 3, count: 2 });
  expect(window).toMatchObject({ totalCount: 8, firstIndex: 3, images: [{ seed: 1020 }, { seed: 1013 }] });
  const end = await listIn(chooser, {}, { firstIndex: 1000, count: 3 });
  expect(end).toMatchObject({ firstIndex: 5, images: [{ seed: 1012 }, { seed: 1011 }, { seed: 1010 }] });
});

test('what a runner writes meanwhile is listed at once', async () => {
  await makeImages(ledger, outputs, { id: 1 });
  const chooser = openChooserInTest(state);
  const before = chooser.revision();
  expect((await listIn(chooser)).totalCount).toBe(4);
  await makeImages(ledger, outputs, { id: 2 });
  expect(chooser.revision()).toBeGreaterThan(before);
  expect((await listIn(chooser)).totalCount).toBe(8);
});

test('a choice never meets the runner: both write while the other holds its lock', async () => {
  const [path = ''] = await makeImages(ledger, outputs);
  const chooser = openChooserInTest(state);
  const runner = new DatabaseSync(ledgerPath(state));
  runner.exec('BEGIN IMMEDIATE');
  done(await chooser.choose([path], { kind: 'stars', stars: 3 }));
  runner.exec('COMMIT');
  runner.close();
  const person = new DatabaseSync(choicesPath(state));
  person.exec('BEGIN IMMEDIATE');
  record(ledger, [started(generationOf(9))]);
  expect(ledger.trouble()).toBeNull();
  person.exec('COMMIT');
  person.close();
});

describe('choices follow a file', () => {
  test('into another folder, under another name, from another screen', async () => {
    const [first = ''] = await makeImages(ledger, outputs);
    done(await openChooserInTest(state).choose([first], { kind: 'stars', stars: 5 }));
    const moved = join(dirname(outputs), 'favourites', 'best.png');
    mkdirSync(dirname(moved));
    renameSync(first, moved);
    const other = openChooserInTest(state);
    expect(await other.choicesOf([moved])).toEqual([{ choice: kept(5), look: null }]);
    done(await other.choose([moved], { kind: 'stars', stars: 1 }));
    expect((await listIn(other, { minStars: 1 })).images).toMatchObject([
      { path: moved, choice: kept(1), generation: 1, seed: 1010 },
    ]);
  });

  test('and a copy is a file of its own, as is another file of the same name', async () => {
    const [first = ''] = await makeImages(ledger, outputs);
    const chooser = openChooserInTest(state);
    done(await chooser.choose([first], { kind: 'stars', stars: 5 }));
    const copy = join(dirname(first), 'copy.png');
    copyFileSync(first, copy);
    await writeImage(join(outputs, 'elsewhere', basename(first)), 77);
    const choices = await chooser.choicesOf([copy, join(outputs, 'elsewhere', basename(first)), first]);
    expect(choices.map(({ choice }) => choice.stars)).toEqual([0, 0, 5]);
  });

  test('that sdloop did not make', async () => {
    const foreign = await writeImage(join(outputs, 'holiday.png'), 123456);
    const chooser = openChooserInTest(join(state, 'never-used'));
    done(await chooser.choose([foreign], { kind: 'stars', stars: 4 }));
    expect((await listIn(chooser, { minStars: 4 })).images).toMatchObject([
      { path: foreign, seed: 123456, generation: null, width: 16, height: 8, choice: kept(4) },
    ]);
  });

  test('into a ledger that was begun anew', async () => {
    const [first = ''] = await makeImages(ledger, outputs);
    const chooser = openChooserInTest(state);
    done(await chooser.choose([first], { kind: 'stars', stars: 5 }));
    ledger.close();
    for (const ending of ['', '-wal', '-shm']) rmSync(ledgerPath(state) + ending, { force: true });
    expect((await listIn(chooser, { minStars: 5 })).images).toMatchObject([
      { path: first, generation: null },
    ]);
  });
});

describe('rejected files', () => {
  test('go to a trash folder beside the images, and come back with what they had', async () => {
    const [first = '', second = ''] = await makeImages(ledger, outputs);
    const chooser = openChooserInTest(state);
    const { mtimeMs, size } = statSync(first);
    done(await chooser.choose([first], { kind: 'stars', stars: 3 }));
    const { paths, problems } = done(await chooser.choose([first, second], { kind: 'reject' }));
    expect(problems).toEqual([]);
    const trashed = join(outputs, '.sdloop-trash', basename(first));
    expect(paths.get(first)).toBe(trashed);
    expect(existsSync(first)).toBe(false);
    expect(statSync(trashed)).toMatchObject({ mtimeMs, size });
    expect(await namesIn(chooser)).toEqual(['01013-1013.png', '01012-1012.png']);
    expect((await listIn(chooser, { verdict: 'rejected' })).images.map(({ path }) => path)).toContain(
      trashed,
    );
    const trash = done(await chooser.trash());
    expect(trash.files.map(({ originalPath }) => originalPath).sort()).toEqual([first, second]);
    expect(trash.byteCount).toBe(size + statSync(paths.get(second) ?? '').size);
    const restored = done(await chooser.restore([first]));
    expect(restored.paths.get(first)).toBe(first);
    expect(statSync(first)).toMatchObject({ mtimeMs, size });
    expect(await chooser.choicesOf([first])).toMatchObject([{ choice: kept(3) }]);
    done(await chooser.choose([paths.get(second) ?? ''], { kind: 'stars', stars: 1 }));
    expect(existsSync(second)).toBe(true);
    expect(existsSync(dirname(trashed))).toBe(false);
  });

  test('never meet another file: neither in the trash nor where they go back to', async () => {
    const [first = ''] = await makeImages(ledger, outputs);
    const chooser = openChooserInTest(state);
    done(await chooser.choose([first], { kind: 'reject' }));
    await writeImage(first, 555);
    const again = done(await chooser.choose([first], { kind: 'reject' }));
    expect(basename(again.paths.get(first) ?? '')).toBe('01010-1010~2.png');
    await writeImage(first, 777);
    const { problems } = done(await chooser.restore([join(outputs, '.sdloop-trash', basename(first))]));
    expect(problems).toEqual([expect.stringContaining('another file has this name now')]);
    expect(readdirSync(join(outputs, '.sdloop-trash'))).toHaveLength(2);
  });

  test('that cannot be moved stay as they were, and the others go', async () => {
    const [first = '', second = ''] = await makeImages(ledger, outputs);
    const chooser = openChooserInTest(state);
    const closed = await writeImage(join(dirname(outputs), 'closed', 'a.png'), 42);
    // A file in the place of the trash folder.
    writeFileSync(join(dirname(closed), '.sdloop-trash'), '');
    const { paths, problems } = done(
      await chooser.choose([first, closed, join(outputs, 'none.png'), second], { kind: 'reject' }),
    );
    expect([...paths.keys()].sort()).toEqual([first, second]);
    expect(problems.toSorted()).toEqual([
      expect.stringContaining('closed/a.png cannot be rejected: there is a file where a folder should be'),
      `There is no file ${join(outputs, 'none.png')}.`,
    ]);
    expect(existsSync(closed)).toBe(true);
    expect(await chooser.choicesOf([closed])).toMatchObject([{ choice: { verdict: 'undecided' } }]);
    expect(done(await chooser.undo()).count).toBe(2);
  });

  test('that were moved back by hand count as they did before', async () => {
    const [first = ''] = await makeImages(ledger, outputs);
    const chooser = openChooserInTest(state);
    done(await chooser.choose([first], { kind: 'stars', stars: 2 }));
    const { paths } = done(await chooser.choose([first], { kind: 'reject' }));
    renameSync(paths.get(first) ?? '', first);
    expect(await chooser.choicesOf([first])).toMatchObject([{ choice: kept(2) }]);
    expect(done(await chooser.trash()).files).toEqual([]);
    done(await chooser.choose([first], { kind: 'keep' }));
    expect(await namesIn(chooser, { verdict: 'kept' })).toEqual([basename(first)]);
  });

  test('are deleted only as they were told of', async () => {
    const [first = '', second = '', third = ''] = await makeImages(ledger, outputs);
    const chooser = openChooserInTest(state);
    done(await chooser.choose([first, second], { kind: 'reject' }));
    const told = done(await chooser.trash());
    done(await chooser.restore([second]));
    done(await chooser.choose([third], { kind: 'reject' }));
    const purged = done(await chooser.purge(told.files));
    expect(purged).toMatchObject({
      count: 1,
      problems: [expect.stringContaining('not in the trash any more')],
    });
    expect(existsSync(third)).toBe(false);
    expect(done(await chooser.trash()).files.map(({ originalPath }) => originalPath)).toEqual([third]);
    expect(await namesIn(chooser)).toEqual(['01013-1013.png', '01011-1011.png']);
    expect(await namesIn(chooser, { verdict: 'rejected' })).toEqual([basename(third)]);
    expect(await namesIn(chooser, { verdict: 'any' })).toHaveLength(3);
    const { problems } = done(await chooser.restore([join(outputs, '.sdloop-trash', basename(first))]));
    expect(problems).toHaveLength(1);
  });
});

describe('undo', () => {
  test('takes steps back one after the other, files and stars, several images at once', async () => {
    const paths = await makeImages(ledger, outputs);
    const chooser = openChooserInTest(state);
    done(await chooser.choose(paths.slice(0, 1), { kind: 'stars', stars: 5 }));
    done(await chooser.choose(paths, { kind: 'stars', stars: 2 }));
    done(await chooser.choose(paths.slice(0, 3), { kind: 'reject' }));
    done(await chooser.restore(paths.slice(0, 1)));
    expect(done(await chooser.undo())).toMatchObject({ count: 1, decision: { kind: 'restore' } });
    expect(paths.map((path) => existsSync(path))).toEqual([false, false, false, true]);
    expect(done(await chooser.undo())).toMatchObject({
      count: 3,
      decision: { kind: 'reject' },
      problems: [],
    });
    expect(paths.every((path) => existsSync(path))).toBe(true);
    expect((await chooser.choicesOf(paths)).map(({ choice }) => choice.stars)).toEqual([2, 2, 2, 2]);
    // Another screen has the same steps.
    expect(done(await openChooserInTest(state).undo()).count).toBe(4);
    expect((await chooser.choicesOf(paths)).map(({ choice }) => choice.stars)).toEqual([5, 0, 0, 0]);
    expect(done(await chooser.undo()).count).toBe(1);
    expect(done(await chooser.undo())).toMatchObject({ count: 0, decision: null });
    expect(await namesIn(chooser, { verdict: 'undecided' })).toHaveLength(4);
  });
});

test('a file that an undo rejects again comes back with the stars that it had before it was rejected first', async () => {
  const [image = ''] = await makeImages(ledger, outputs);
  const trashed = join(dirname(image), '.sdloop-trash', basename(image));
  const chooser = openChooserInTest(state);
  done(await chooser.choose([image], { kind: 'stars', stars: 3 }));
  done(await chooser.choose([image], { kind: 'reject' }));
  done(await chooser.choose([trashed], { kind: 'clear' }));
  // What is rejected and taken back in between makes it forget nothing.
  done(await chooser.choose([image], { kind: 'stars', stars: 5 }));
  done(await chooser.choose([image], { kind: 'reject' }));
  for (let count = 0; count < 3; count++) done(await chooser.undo());
  expect(existsSync(trashed)).toBe(true);
  done(await chooser.restore([trashed]));
  expect((await listIn(chooser, { verdict: 'kept' })).images).toMatchObject([
    { path: image, choice: kept(3) },
  ]);
});

test('choices that cannot be opened are told in a sentence', () => {
  mkdirSync(state, { recursive: true });
  writeFileSync(
    choicesPath(state),
    'no database at all, but long enough to be taken for a header of one'.repeat(20),
  );
  expect(openChooser(state)).toMatchObject({ ok: false, reason: expect.stringContaining('move it away') });
  rmSync(choicesPath(state));
  const newer = new DatabaseSync(choicesPath(state));
  newer.exec('PRAGMA user_version = 99');
  newer.close();
  expect(openChooser(state)).toMatchObject({ ok: false, reason: expect.stringContaining('newer sdloop') });
});
