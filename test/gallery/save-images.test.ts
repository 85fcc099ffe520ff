import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkDirectoryWritable } from '../../source/gallery/check-directory.ts';
import { firstRows, namesOf, noon, openForTest, waitForView } from './helpers/gallery.ts';
import { mountDisk } from './helpers/mounts.ts';
import { makeInfotextPng, makeJpeg, makePng } from './helpers/pictures.ts';
import { makeTemporaryFolder } from './helpers/temporary.ts';

const now = () => noon;

describe('names', () => {
  test('count on from the highest number of any file, with the extension that the bytes ask for', async () => {
    const directory = join(makeTemporaryFolder(), 'outputs/txt2img-images');
    const today = join(directory, '2026-11-22');
    mkdirSync(today, { recursive: true });
    for (const name of ['00000-1.png', '00041-9.txt', 'grid-9999.png']) writeFileSync(join(today, name), '');
    const result = await openForTest({ directory, now }).saveImages([
      { seed: 5, bytes: await makePng() },
      { seed: 6, bytes: await makeJpeg() },
    ]);
    expect(result).toMatchObject({
      ok: true,
      value: [
        { seed: 5, path: join(today, '00042-5.png'), width: 16, height: 8 },
        { seed: 6, path: join(today, '00043-6.jpg'), width: 24, height: 8 },
      ],
    });
    expect(readFileSync(join(today, '00042-5.png'))).toEqual(await makePng());
  });

  test('a new day starts again at 00000', async () => {
    const directory = makeTemporaryFolder();
    let at = noon;
    const gallery = openForTest({ directory, now: () => at });
    await gallery.saveImages([{ seed: 5, bytes: await makePng() }]);
    at = new Date(2026, 10, 23, 0, 0, 1).getTime();
    await gallery.saveImages([{ seed: 6, bytes: await makePng() }]);
    expect(readdirSync(join(directory, '2026-11-23'))).toEqual(['00000-6.png']);
  });

  test('what someone else wrote meanwhile is never overwritten', async () => {
    const directory = makeTemporaryFolder();
    const today = join(directory, '2026-11-22');
    const gallery = openForTest({ directory, now });
    await gallery.saveImages([{ seed: 5, bytes: await makePng() }]);
    writeFileSync(join(today, '00001-6.png'), 'theirs');
    await gallery.saveImages([{ seed: 6, bytes: await makePng() }]);
    expect(readFileSync(join(today, '00001-6.png'), 'utf8')).toBe('theirs');
    expect(readdirSync(today).sort()).toEqual(['00000-5.png', '00001-6.png', '00002-6.png']);
  });

  test('calls at the same time take turns and use each number once', async () => {
    const directory = makeTemporaryFolder();
    const gallery = openForTest({ directory, now });
    const png = await makePng();
    await Promise.all([1, 2, 3, 4].map((seed) => gallery.saveImages([{ seed, bytes: new Uint8Array(png) }])));
    expect(readdirSync(join(directory, '2026-11-22')).sort()).toEqual(
      [1, 2, 3, 4].map((n) => `0000${n - 1}-${n}.png`),
    );
  });
});

test('saved images are listed as soon as they are there, and are ours once attributed', async () => {
  const gallery = openForTest({ directory: makeTemporaryFolder(), now });
  gallery.start();
  const result = await gallery.saveImages([{ seed: 77, bytes: await makeInfotextPng(77) }]);
  if (!result.ok) throw new Error(result.failure.detail);
  const image = result.value[0];
  if (!image) throw new Error('nothing saved');
  gallery.attribute(image.path, { generationId: 3, seed: 77, durationMs: 2700 });
  const view = await waitForView(gallery, ({ rows }) => rows[0]?.origin === 'ours');
  expect(view.directory).toBe(dirname(image.path));
  expect(view.rows[0]).toMatchObject({
    name: '00000-77.png',
    seed: 77,
    generationId: 3,
    durationMs: 2700,
    width: 16,
  });
});

describe('a gallery that is followed', () => {
  test('lists what it saved once, whole, also where nothing tells of it', async () => {
    const directory = makeTemporaryFolder();
    mkdirSync(join(directory, '2026-11-22'));
    const gallery = openForTest({ directory, now, isPolling: true, pollIntervalMs: 600_000 });
    gallery.start();
    await waitForView(gallery, ({ status }) => status.kind === 'polling');
    const png = await makeInfotextPng(77);
    const window = gallery.openWindow();
    for (const seed of [77, 78, 79]) {
      const result = await gallery.saveImages([{ seed, bytes: new Uint8Array(png) }]);
      expect(result.ok).toBe(true);
    }
    const view = await waitForView(gallery, ({ totalCount }) => totalCount === 3);
    expect(namesOf(view)).toEqual(['00002-79.png', '00001-78.png', '00000-77.png']);
    expect(view.totalByteCount).toBe(3 * png.byteLength);
    expect(view.rows[0]).toMatchObject({ width: 16, height: 8, byteCount: png.byteLength });
    window.close();
  });

  test('notices what another does to an image that it saved', async () => {
    const gallery = openForTest({ directory: makeTemporaryFolder(), now });
    gallery.start();
    const saved = await gallery.saveImages([
      { seed: 1, bytes: await makePng() },
      { seed: 2, bytes: new Uint8Array(await makePng()) },
    ]);
    if (!saved.ok) throw new Error(saved.failure.detail);
    const [one, other] = saved.value.map(({ path }) => path);
    await waitForView(gallery, ({ totalCount, status }) => totalCount === 2 && status.kind === 'watching');
    const picture = await makeJpeg();
    writeFileSync(one ?? '', picture);
    await waitForView(gallery, ({ rows }) =>
      rows.some(({ name, byteCount }) => name === '00000-1.png' && byteCount === picture.byteLength),
    );
    rmSync(other ?? '');
    await waitForView(gallery, ({ totalCount }) => totalCount === 1);
  });

  test('lists the file of another who took the next number at the same moment', async () => {
    const directory = makeTemporaryFolder();
    const today = join(directory, '2026-11-22');
    mkdirSync(today);
    const gallery = openForTest({ directory, now });
    gallery.start();
    await waitForView(gallery, ({ status }) => status.kind === 'watching');
    await gallery.saveImages([{ seed: 1, bytes: await makePng() }]);
    writeFileSync(join(today, '00001-2.png'), await makeJpeg());
    await gallery.saveImages([{ seed: 2, bytes: await makePng() }]);
    const view = await waitForView(gallery, ({ totalCount }) => totalCount === 3);
    expect(namesOf(view).toSorted()).toEqual(['00000-1.png', '00001-2.png', '00002-2.png']);
  });

  test('makes a folder again that somebody has removed', async () => {
    const directory = makeTemporaryFolder();
    const today = join(directory, '2026-11-22');
    const gallery = openForTest({ directory, now });
    gallery.start();
    await gallery.saveImages([{ seed: 1, bytes: await makePng() }]);
    rmSync(today, { recursive: true });
    const saved = await gallery.saveImages([{ seed: 2, bytes: await makePng() }]);
    expect(saved.ok).toBe(true);
    await waitForView(gallery, ({ rows, totalCount }) => rows[0]?.seed === 2 && totalCount === 1);
    expect(readdirSync(today)).toHaveLength(1);
  });
});

describe('failures', () => {
  test('a full disk leaves neither images nor leftovers, and a retry writes each image once', async ({
    skip,
  }) => {
    const disk = mountDisk(64 * 1024);
    if (!disk) return skip('needs the right to mount');
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(48 * 1024));
    const noise = Buffer.concat([
      (await makePng()).subarray(0, -12),
      Buffer.alloc(20 * 1024),
      (await makePng()).subarray(-12),
    ]);
    const images = [
      { seed: 1, bytes: await makePng() },
      { seed: 2, bytes: noise },
    ];
    const gallery = openForTest({ directory: disk, now });
    expect(await gallery.saveImages(images)).toMatchObject({ ok: false, failure: { kind: 'disk-full' } });
    const today = join(disk, '2026-11-22');
    expect(existsSync(today) ? readdirSync(today) : []).toEqual([]);
    writeFileSync(ballast, '');
    const first = await gallery.saveImages(images);
    expect(first.ok).toBe(true);
    expect(await gallery.saveImages(images)).toEqual(first);
    expect(readdirSync(today).sort()).toEqual(['00000-1.png', '00001-2.png']);
  });

  test('a file in the place of the directory is said with its path and the reason', async () => {
    const directory = join(makeTemporaryFolder(), 'outputs');
    writeFileSync(directory, '');
    const gallery = openForTest({ directory, now });
    const result = await gallery.saveImages([{ seed: 1, bytes: await makePng() }]);
    expect(result).toMatchObject({
      ok: false,
      failure: {
        kind: 'directory-unwritable',
        detail: expect.stringContaining('a file where a folder should be'),
      },
    });
    for (const path of [directory, join(directory, 'below')]) {
      expect(await checkDirectoryWritable(path)).toMatchObject({ kind: 'directory-unwritable' });
    }
  });

  test('bytes that are no whole image are refused and nothing is written', async () => {
    const directory = makeTemporaryFolder();
    const gallery = openForTest({ directory, now });
    const images = [
      { seed: 1, bytes: await makePng() },
      { seed: 2, bytes: (await makePng()).subarray(0, -4) },
    ];
    expect(await gallery.saveImages(images)).toMatchObject({
      ok: false,
      failure: { kind: 'invalid-answer', detail: 'image 2 of 2 is not a whole PNG, JPEG or WebP file' },
    });
    expect(readdirSync(directory)).toEqual([]);
  });
});

test("what a killed process with the same id left behind is in nobody's way", async () => {
  const directory = makeTemporaryFolder();
  const today = join(directory, '2026-11-22');
  mkdirSync(today);
  for (let number = 1; number < 100; number += 1) {
    writeFileSync(join(today, `.sdloop-${process.pid}-${number}.part`), '');
  }
  const saved = await openForTest({ directory, now }).saveImages([{ seed: 1, bytes: await makePng() }]);
  expect(saved).toMatchObject({ ok: true, value: [{ path: join(today, '00000-1.png') }] });
});

test('temporary files of a process that died long ago are cleared away, young ones are not', async () => {
  const directory = makeTemporaryFolder();
  const today = join(directory, '2026-11-22');
  mkdirSync(today);
  for (const name of ['.sdloop-99999-1.part', '.sdloop-99999-2.part']) writeFileSync(join(today, name), '');
  utimesSync(join(today, '.sdloop-99999-1.part'), 1, 1);
  await openForTest({ directory, now }).saveImages([{ seed: 1, bytes: await makePng() }]);
  expect(readdirSync(today).sort()).toEqual(['.sdloop-99999-2.part', '00000-1.png']);
});

describe('checking a directory', () => {
  test('one that can be made is fine, and is not made', async () => {
    const folder = makeTemporaryFolder();
    expect(await checkDirectoryWritable(join(folder, 'a/b/c'))).toBeNull();
    expect(await checkDirectoryWritable(folder)).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('one that takes no files is named', async () => {
    expect(await checkDirectoryWritable('/proc/sdloop')).toMatchObject({
      kind: 'directory-unwritable',
      detail: expect.stringContaining('/proc/sdloop: '),
    });
  });
});

test('an empty list says that it waits for the first image', async () => {
  const directory = join(makeTemporaryFolder(), 'not/yet');
  const gallery = openForTest({ directory, now });
  gallery.start();
  const waiting = await waitForView(gallery, ({ status }) => status.kind === 'waiting-for-directory');
  expect(waiting.directory).toBe(join(directory, '2026-11-22'));
  await gallery.saveImages([{ seed: 4, bytes: await makePng() }]);
  const view = await waitForView(
    gallery,
    ({ rows, status }) => rows.length === 1 && status.kind === 'watching',
  );
  expect(namesOf(view)).toEqual(['00000-4.png']);
  const window = gallery.openWindow();
  expect(window.view(firstRows)).toBe(window.view(firstRows));
});
