import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { firstRows, namesOf, noon, openForTest, waitForView, writeLikeServer } from './helpers/gallery.ts';
import { makeInfotextPng, makePng } from './helpers/pictures.ts';
import { makeTemporaryFolder } from './helpers/temporary.ts';

const now = () => noon;

function makeDirectory(): { directory: string; today: string } {
  const directory = join(makeTemporaryFolder(), 'txt2img-images');
  return { directory, today: join(directory, '2026-11-22') };
}

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

  test('20,000 files: listed, measured and filtered, each once', async () => {
    const { directory, today } = makeDirectory();
    mkdirSync(today, { recursive: true });
    for (let number = 0; number < 20_000; number++) {
      writeFileSync(join(today, `${String(number).padStart(5, '0')}-${number * 7}.png`), 'xy');
    }
    const gallery = openForTest({ directory, now });
    gallery.start();
    expect(gallery.view(firstRows).totalCount).toBe(0);
    const request = { firstIndex: 100, count: 2, filter: '' };
    const view = await waitForView(gallery, ({ totalCount }) => totalCount >= 19_800, request);
    expect(view.rows.every(({ name }) => /^\d{5}-\d+\.png$/.test(name))).toBe(true);
    const filter = { firstIndex: 0, count: 30, filter: '00123-' };
    const filtered = await waitForView(gallery, ({ matchCount }) => matchCount > 0, filter);
    expect(namesOf(filtered)).toEqual(['00123-861.png']);
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

describe('folders that come and go', () => {
  test('the list goes on over midnight with the new day at the top', async () => {
    const { directory, today } = makeDirectory();
    let at = noon;
    writeLikeServer(today, '00009-21.png', await makePng());
    const gallery = openForTest({ directory, now: () => at });
    gallery.start();
    await waitForView(gallery, ({ rows }) => rows.length === 1);
    at = new Date(2026, 10, 23, 0, 0, 5).getTime();
    const tomorrow = join(directory, '2026-11-23');
    writeLikeServer(tomorrow, '00000-22.png', await makePng());
    writeLikeServer(today, '00010-23.png', await makePng());
    const view = await waitForView(gallery, ({ rows }) => rows.length === 3);
    expect(view.rows.map(({ seed }) => seed).toSorted()).toEqual([21, 22, 23]);
    writeLikeServer(tomorrow, '00001-24.png', await makePng());
    const next = await waitForView(gallery, ({ rows }) => rows.length === 4);
    expect(next.directory).toBe(tomorrow);
    expect(namesOf(next)[0]).toBe('00001-24.png');
    expect(namesOf(next)).toContain('../2026-11-22/00009-21.png');
  });

  test("an older day's folder is not listed", async () => {
    const { directory, today } = makeDirectory();
    const old = writeLikeServer(join(directory, '2026-11-21'), '00000-1.png', await makePng());
    utimesSync(join(old, '..'), 1000, 1000);
    writeLikeServer(join(directory, '2026-11-20'), '00000-1.png', await makePng());
    writeLikeServer(today, '00000-2.png', await makePng());
    const gallery = openForTest({ directory, now });
    gallery.start();
    const view = await waitForView(gallery, ({ status }) => status.kind === 'watching');
    expect(namesOf(view)).toEqual(['00000-2.png']);
  });

  test('a directory whose parents do not exist is waited for', async () => {
    const { directory, today } = makeDirectory();
    const gallery = openForTest({ directory: join(directory, 'deep/er'), now });
    gallery.start();
    const waiting = await waitForView(gallery, ({ status }) => status.kind === 'waiting-for-directory');
    expect(waiting.rows).toEqual([]);
    writeLikeServer(join(directory, 'deep/er/2026-11-22'), '00000-21.png', await makePng());
    expect(today).not.toBe(waiting.directory);
    await waitForView(gallery, ({ rows, status }) => rows.length === 1 && status.kind === 'watching');
  });

  test('deleted and made again, it is followed as before', async () => {
    const { directory, today } = makeDirectory();
    writeLikeServer(today, '00000-21.png', await makePng());
    const gallery = openForTest({ directory, now });
    gallery.start();
    await waitForView(gallery, ({ rows }) => rows.length === 1);
    rmSync(directory, { recursive: true });
    await waitForView(
      gallery,
      ({ rows, status }) => rows.length === 0 && status.kind === 'waiting-for-directory',
    );
    writeLikeServer(today, '00000-31.png', await makePng());
    await waitForView(gallery, ({ rows }) => rows[0]?.seed === 31);
    writeLikeServer(today, '00001-32.png', await makePng());
    await waitForView(gallery, ({ rows }) => rows[0]?.seed === 32);
  });

  test('replaced by another in one step, the new one is shown', async () => {
    const { directory, today } = makeDirectory();
    writeLikeServer(today, '00000-21.png', await makePng());
    const gallery = openForTest({ directory, now });
    gallery.start();
    await waitForView(gallery, ({ rows }) => rows.length === 1);
    writeLikeServer(join(directory, 'other'), '00000-99.png', await makePng());
    renameSync(today, join(directory, 'away'));
    renameSync(join(directory, 'other'), today);
    const view = await waitForView(gallery, ({ rows }) => rows.length === 1 && rows[0]?.seed === 99);
    expect(view.totalCount).toBe(1);
  });

  test('a file in its place is said, and got over', async () => {
    const { directory, today } = makeDirectory();
    writeFileSync(directory, '');
    const gallery = openForTest({ directory, now });
    gallery.start();
    const view = await waitForView(gallery, ({ status }) => status.kind === 'unreadable');
    expect(view.status).toEqual({ kind: 'unreadable', reason: 'there is a file where a folder should be' });
    unlinkSync(directory);
    writeLikeServer(today, '00000-21.png', await makePng());
    await waitForView(gallery, ({ rows, status }) => rows.length === 1 && status.kind === 'watching');
  });
});

test('where events do not come, folders are read again and that is said', async () => {
  const { directory, today } = makeDirectory();
  writeLikeServer(today, '00000-21.png', await makePng());
  const gallery = openForTest({ directory, now, isPolling: true, pollIntervalMs: 30 });
  gallery.start();
  const view = await waitForView(
    gallery,
    ({ rows, status }) => rows.length === 1 && status.kind === 'polling',
  );
  expect(view.status).toEqual({ kind: 'polling', everyMs: 30 });
  writeLikeServer(today, '00001-22.png', await makePng());
  await waitForView(gallery, ({ rows }) => rows[0]?.seed === 22);
  unlinkSync(join(today, '00000-21.png'));
  await waitForView(gallery, ({ rows }) => rows.length === 1);
  rmSync(today, { recursive: true });
  await waitForView(gallery, ({ rows }) => rows.length === 0);
  writeLikeServer(today, '00000-41.png', await makePng());
  await waitForView(gallery, ({ rows }) => rows[0]?.seed === 41);
});
