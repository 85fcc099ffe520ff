import { appendFileSync, mkdirSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  firstRows,
  makeDirectory,
  namesOf,
  noon,
  openForTest,
  waitForView,
  writeLikeServer,
} from './helpers/gallery.ts';
import { makeInfotextPng, makePng } from './helpers/pictures.ts';

const now = () => noon;

describe('what is there at the start', () => {
  test('is listed by number, newest first, with what names and headers say', async () => {
    const { directory, today } = makeDirectory();
    writeLikeServer(today, '00001-22.png', await makeInfotextPng(22));
    writeLikeServer(today, '00000-21.png', await makeInfotextPng(21));
    writeLikeServer(today, '100000-23.png', await makeInfotextPng(23));
    writeLikeServer(today, '00000-21.txt', Buffer.from('infotext'));
    writeLikeServer(today, 'grid-0000.png', await makeInfotextPng(21));
    writeLikeServer(today, 'notes.pdf', Buffer.from('pdf'));
    utimesSync(join(today, 'notes.pdf'), 1, 1);
    mkdirSync(join(today, 'favourites'));
    const gallery = openForTest({ directory, now });
    gallery.start();
    const view = await waitForView(
      gallery,
      ({ status, rows }) => status.kind === 'watching' && rows.length === 5 && rows[0]?.width === 16,
    );
    expect(namesOf(view).slice(0, 3)).toEqual(['100000-23.png', '00001-22.png', '00000-21.png']);
    expect(view).toMatchObject({ directory: today, totalCount: 5, matchCount: 5, firstIndex: 0 });
    expect(view.rows[0]).toMatchObject({
      seed: 23,
      width: 16,
      height: 8,
      origin: 'foreign',
      generationId: null,
    });
    const grid = view.rows.find(({ name }) => name === 'grid-0000.png');
    expect(grid).toMatchObject({ origin: 'grid' });
    expect(view.rows.find(({ name }) => name === 'notes.pdf')).toMatchObject({
      width: null,
      seed: null,
      byteCount: 3,
    });
  });

  test('lies in the directory itself where the server makes no dated folders', async () => {
    const { directory } = makeDirectory();
    writeLikeServer(directory, '00000-21-a cat.png', await makeInfotextPng(21));
    const gallery = openForTest({ directory, now });
    gallery.start();
    const view = await waitForView(gallery, ({ rows }) => rows.length === 1);
    expect(view.directory).toBe(directory);
    writeLikeServer(directory, '00001-22-a cat.png', await makeInfotextPng(22));
    expect(namesOf(await waitForView(gallery, ({ rows }) => rows.length === 2))[0]).toBe(
      '00001-22-a cat.png',
    );
  });

  test('without numbers it is ordered by time', async () => {
    const { directory, today } = makeDirectory();
    for (const [name, at] of [
      ['3000000001.png', 200],
      ['1000000002.png', 300],
      ['2000000003.png', 100],
    ] as const) {
      utimesSync(writeLikeServer(today, name, await makePng()), at, at);
    }
    const gallery = openForTest({ directory, now });
    gallery.start();
    const view = await waitForView(gallery, ({ rows }) => rows.length === 3);
    expect(namesOf(view)).toEqual(['1000000002.png', '3000000001.png', '2000000003.png']);
  });

  test('is listed whole, measured and filtered when there is very much of it', async () => {
    const { directory, today } = makeDirectory();
    mkdirSync(today, { recursive: true });
    for (let number = 0; number < 4500; number++) {
      writeFileSync(join(today, `${String(number).padStart(5, '0')}-${number * 7}.png`), 'xy');
    }
    const gallery = openForTest({ directory, now });
    gallery.start();
    expect(gallery.openWindow().view(firstRows).totalCount).toBe(0);
    // Younger files without an end might still grow: the newest are held back, all others are there.
    const view = await waitForView(gallery, ({ status }) => status.kind === 'watching');
    expect(view.totalCount).toBe(4300);
    const filter = { firstIndex: 0, count: 30, filter: '00123-' };
    const filtered = await waitForView(gallery, ({ matchCount }) => matchCount > 0, filter);
    expect(namesOf(filtered)).toEqual(['00123-861.png']);
  });

  test('is measured beyond what the screen shows', async () => {
    const { directory, today } = makeDirectory();
    mkdirSync(today, { recursive: true });
    const png = await makePng();
    for (let number = 0; number < 450; number++) writeFileSync(join(today, `${10_000 + number}-7.png`), png);
    const gallery = openForTest({ directory, now });
    gallery.start();
    await waitForView(gallery, ({ totalByteCount }) => totalByteCount === 450 * png.length);
  });
});

describe('a new file', () => {
  test('comes to the top when it is renamed into place, and not before', async () => {
    const { directory, today } = makeDirectory();
    writeLikeServer(today, '00000-21.png', await makePng());
    const gallery = openForTest({ directory, now });
    gallery.start();
    await waitForView(gallery, ({ rows }) => rows.length === 1);
    writeFileSync(join(today, '00001-22.tmp'), await makePng());
    writeFileSync(join(today, '.00001-22.png.aside'), await makePng());
    writeLikeServer(today, '00002-23.png', await makePng());
    const view = await waitForView(gallery, ({ rows }) => rows.length > 1);
    expect(namesOf(view)).toEqual(['00002-23.png', '00000-21.png']);
  });

  test('that is written in place is listed once its end is there', async () => {
    const { directory, today } = makeDirectory();
    writeLikeServer(today, '00000-21.png', await makePng());
    const gallery = openForTest({ directory, now });
    gallery.start();
    await waitForView(gallery, ({ rows }) => rows.length === 1);
    const png = await makePng();
    writeFileSync(join(today, '00001-22.png'), png.subarray(0, 60));
    writeLikeServer(today, '00002-23.png', png);
    const before = await waitForView(gallery, ({ rows }) => rows.length > 1);
    expect(namesOf(before)).not.toContain('00001-22.png');
    appendFileSync(join(today, '00001-22.png'), png.subarray(60));
    const after = await waitForView(gallery, ({ rows }) => rows.length === 3);
    expect(after.rows[0]).toMatchObject({ name: '00001-22.png', width: 16 });
  });

  test('that was cut short is listed in the end, without a size, and whole should it be finished', async () => {
    const { directory, today } = makeDirectory();
    mkdirSync(today, { recursive: true });
    const png = await makePng();
    writeFileSync(join(today, '00001-22.png'), png.subarray(0, 60));
    const gallery = openForTest({ directory, now, isPolling: true, pollIntervalMs: 10_000 });
    gallery.start();
    const broken = await waitForView(gallery, ({ rows }) => rows.length === 1);
    expect(broken.rows[0]).toMatchObject({ width: null, height: null, origin: 'foreign', byteCount: 60 });
    writeFileSync(join(today, '00001-22.png'), png);
    await waitForView(gallery, ({ rows }) => rows[0]?.width === 16);
  });

  test('leaves the list when it is deleted', async () => {
    const { directory, today } = makeDirectory();
    writeLikeServer(today, '00000-21.png', await makePng());
    writeLikeServer(today, '00001-22.png', await makePng());
    const gallery = openForTest({ directory, now });
    gallery.start();
    await waitForView(gallery, ({ rows }) => rows.length === 2);
    unlinkSync(join(today, '00001-22.png'));
    const view = await waitForView(gallery, ({ rows }) => rows.length === 1);
    expect(view).toMatchObject({ totalCount: 1, totalByteCount: (await makePng()).length });
  });

  test('a burst of 1,000 arrives whole and in order, with few calls to the listeners', async () => {
    const { directory, today } = makeDirectory();
    mkdirSync(today, { recursive: true });
    const gallery = openForTest({ directory, now });
    gallery.start();
    await waitForView(gallery, ({ status }) => status.kind === 'watching');
    let callCount = 0;
    gallery.subscribe(() => callCount++);
    const startedAt = performance.now();
    const png = await makePng();
    for (let number = 0; number < 1000; number++) {
      writeLikeServer(today, `${String(number).padStart(5, '0')}-7.png`, png);
    }
    const view = await waitForView(gallery, ({ totalCount }) => totalCount === 1000);
    expect(namesOf(view).slice(0, 3)).toEqual(['00999-7.png', '00998-7.png', '00997-7.png']);
    expect(callCount).toBeLessThanOrEqual(2 + (performance.now() - startedAt) / 100);
  });

  test('names that are no UTF-8 or hold control characters are listed as they are read', async () => {
    const { directory, today } = makeDirectory();
    mkdirSync(today, { recursive: true });
    writeFileSync(
      Buffer.concat([Buffer.from(`${today}/b`), Buffer.from([0xff, 0xfe]), Buffer.from('.png')]),
      'x',
    );
    writeFileSync(join(today, '00001-5\u001b[2J.png'), await makePng());
    const gallery = openForTest({ directory, now });
    gallery.start();
    await waitForView(gallery, ({ totalCount }) => totalCount === 2);
    writeFileSync(Buffer.concat([Buffer.from(`${today}/c`), Buffer.from([0xff]), Buffer.from('.png')]), 'x');
    const view = await waitForView(gallery, ({ totalCount }) => totalCount === 3);
    expect(namesOf(view).toSorted()).toEqual(['00001-5\u001b[2J.png', 'b\ufffd\ufffd.png', 'c\ufffd.png']);
  });
});

test('two windows have a place and a filter each, and neither moves the other', async () => {
  const { directory, today } = makeDirectory();
  mkdirSync(today, { recursive: true });
  for (let number = 0; number < 60; number++) {
    writeLikeServer(today, `${String(number).padStart(5, '0')}-${100_000 + number}.png`, await makePng());
  }
  const gallery = openForTest({ directory, now });
  gallery.start();
  await waitForView(gallery, ({ totalCount, status }) => totalCount === 60 && status.kind === 'watching');
  const scrolled = gallery.openWindow();
  const filtered = gallery.openWindow();
  const below = { firstIndex: 20, count: 2, filter: '' };
  const some = { firstIndex: 0, count: 5, filter: '10000' };
  const before = namesOf(scrolled.view(below));
  expect(filtered.view(some).matchCount).toBe(10);
  writeLikeServer(today, '00060-200000.png', await makePng());
  await waitForView(gallery, ({ totalCount }) => totalCount === 61);
  expect(namesOf(scrolled.view(below))).toEqual(before);
  expect(scrolled.view(below)).toMatchObject({ firstIndex: 21, matchCount: 61 });
  expect(filtered.view(some).matchCount).toBe(10);
});
