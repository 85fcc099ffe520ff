import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Gallery } from '../../source/gallery/gallery.ts';
import { noon, openForTest, waitForView, writeLikeServer } from './helpers/gallery.ts';
import { exifWithComment, infotextOf, makeInfotextPng, makeJpeg, makePng } from './helpers/pictures.ts';
import { makeTemporaryFolder } from './helpers/temporary.ts';

const now = () => noon;
const patienceMs = 5000;

async function openStarted(): Promise<{ gallery: Gallery; directory: string; today: string }> {
  const directory = makeTemporaryFolder();
  const today = join(directory, '2026-11-22');
  mkdirSync(today);
  const gallery = openForTest({ directory, now });
  gallery.start();
  await waitForView(gallery, ({ status }) => status.kind === 'watching');
  return { gallery, directory, today };
}

const pathsOf = (images: readonly { path: string }[]) => images.map(({ path }) => path);

describe('images that the server saved', () => {
  test('are found by seed, in seed order, with the size that the file has', async () => {
    const { gallery, today } = await openStarted();
    const sinceMs = Date.now();
    writeLikeServer(today, '00000-72.png', await makeInfotextPng(72));
    writeLikeServer(today, '00001-71.png', await makeInfotextPng(71));
    writeLikeServer(today, 'grid-0000.png', await makeInfotextPng(71));
    writeLikeServer(today, '00002-71-before-highres-fix.png', await makeInfotextPng(71));
    const images = await gallery.findImages({ seeds: [71, 72], sinceMs, patienceMs });
    expect(images).toMatchObject([
      { seed: 71, path: join(today, '00001-71.png'), width: 16, height: 8 },
      { seed: 72, path: join(today, '00000-72.png') },
    ]);
  });

  test('are found by infotext where names hold no seed', async () => {
    const { gallery, directory } = await openStarted();
    writeLikeServer(directory, '00000-a cat.png', await makeInfotextPng(71));
    writeLikeServer(directory, '00001-a cat.jpg', await makeJpeg(exifWithComment(infotextOf(72))));
    const images = await gallery.findImages({ seeds: [71, 72], sinceMs: Date.now(), patienceMs });
    expect(pathsOf(images)).toEqual([join(directory, '00000-a cat.png'), join(directory, '00001-a cat.jpg')]);
  });

  test('are believed to their infotext more than to their name', async () => {
    const { gallery, today } = await openStarted();
    writeLikeServer(today, '00000-71.png', await makeInfotextPng(5));
    writeLikeServer(today, '00001-71.png', await makeInfotextPng(71));
    const images = await gallery.findImages({ seeds: [71, 5], sinceMs: Date.now(), patienceMs });
    expect(pathsOf(images)).toEqual([join(today, '00001-71.png'), join(today, '00000-71.png')]);
  });

  test('are found by name alone where the server writes no infotext', async () => {
    const { gallery, today } = await openStarted();
    writeLikeServer(today, '00000-71.png', await makePng());
    expect(await gallery.findImages({ seeds: [71], sinceMs: Date.now(), patienceMs })).toHaveLength(1);
  });

  test('count once when a .jpg copy lies beside the .png', async () => {
    const { gallery, today } = await openStarted();
    writeLikeServer(today, '00000-71.png', await makeInfotextPng(71));
    writeLikeServer(today, '00000-71.jpg', await makeJpeg());
    const images = await gallery.findImages({ seeds: [71], sinceMs: Date.now(), patienceMs });
    expect(pathsOf(images)).toEqual([join(today, '00000-71.png')]);
  });

  test('are found in the folder of another day, where the server keeps another time zone', async () => {
    const { gallery, directory } = await openStarted();
    writeLikeServer(join(directory, '2026-11-21'), '00000-71.png', await makeInfotextPng(71));
    writeLikeServer(join(directory, '2026-11-23'), '00000-72.png', await makeInfotextPng(72));
    expect(await gallery.findImages({ seeds: [71, 72], sinceMs: Date.now(), patienceMs })).toHaveLength(2);
  });
});

describe('patience', () => {
  test('late and half-written files are waited for', async () => {
    const { gallery, today } = await openStarted();
    const png = await makeInfotextPng(71);
    writeFileSync(join(today, '00000-71.png'), png.subarray(0, -20));
    const search = gallery.findImages({ seeds: [71, 72], sinceMs: Date.now(), patienceMs });
    writeLikeServer(today, '00001-72.png', await makeInfotextPng(72));
    await waitForView(gallery, ({ rows }) => rows.length === 1);
    writeFileSync(join(today, '00000-71.png'), png);
    expect(await search).toHaveLength(2);
  });

  test('ends with what there is', async () => {
    const { gallery, today } = await openStarted();
    writeLikeServer(today, '00000-71.png', await makeInfotextPng(71));
    const images = await gallery.findImages({ seeds: [71, 72], sinceMs: Date.now(), patienceMs: 50 });
    expect(images).toMatchObject([{ seed: 71 }]);
  });

  test('none is needed to see what is on the disk already', async () => {
    const { gallery, today } = await openStarted();
    writeLikeServer(today, '00000-71.png', await makeInfotextPng(71));
    expect(await gallery.findImages({ seeds: [71], sinceMs: Date.now(), patienceMs: 0 })).toHaveLength(1);
  });
});

describe('which of several files with one seed', () => {
  test('not one from before the generation', async () => {
    const directory = makeTemporaryFolder();
    const path = writeLikeServer(join(directory, '2026-11-22'), '00000-71.png', await makeInfotextPng(71));
    utimesSync(path, Date.now() / 1000 - 60, Date.now() / 1000 - 60);
    const gallery = openForTest({ directory, now });
    expect(await gallery.findImages({ seeds: [71], sinceMs: Date.now(), patienceMs: 300 })).toEqual([]);
  });

  test('one that was just saved when the list was not read yet', async () => {
    const directory = makeTemporaryFolder();
    writeLikeServer(join(directory, '2026-11-22'), '00000-71.png', await makeInfotextPng(71));
    const gallery = openForTest({ directory, now });
    expect(await gallery.findImages({ seeds: [71], sinceMs: Date.now(), patienceMs })).toHaveLength(1);
  });

  test('the oldest that no generation has yet', async () => {
    const { gallery, today } = await openStarted();
    const sinceMs = Date.now();
    const first = writeLikeServer(today, '00000-71.png', await makeInfotextPng(71));
    const second = writeLikeServer(today, '00001-71.png', await makeInfotextPng(71));
    const search = { seeds: [71], sinceMs, patienceMs };
    expect(pathsOf(await gallery.findImages(search))).toEqual([first]);
    expect(pathsOf(await gallery.findImages(search))).toEqual([first]);
    gallery.attribute(first, { generationId: 1, seed: 71, durationMs: 100 });
    expect(pathsOf(await gallery.findImages(search))).toEqual([second]);
  });
});

test('an image that came on a file server with a slow clock is found', async () => {
  const { gallery, today } = await openStarted();
  const sinceMs = Date.now();
  const path = writeLikeServer(today, '00001-72.png', await makeInfotextPng(72));
  utimesSync(path, sinceMs / 1000 - 300, sinceMs / 1000 - 300);
  expect(await gallery.findImages({ seeds: [72], sinceMs, patienceMs })).toHaveLength(1);
});

describe('of a generation from before', () => {
  const friday = new Date(2026, 10, 20, 23, 59, 50).getTime();
  const at = (path: string, ms: number) => utimesSync(path, ms / 1000, ms / 1000);

  test('images are found in the folders of its days, which nobody follows any more', async () => {
    const directory = makeTemporaryFolder();
    const before = writeLikeServer(join(directory, '2026-11-20'), '00007-71.png', await makeInfotextPng(71));
    const after = writeLikeServer(join(directory, '2026-11-21'), '00000-72.png', await makeInfotextPng(72));
    at(before, friday + 4000);
    at(after, friday + 12_000);
    const gallery = openForTest({ directory, now });
    const images = await gallery.findImages({ seeds: [71, 72, 73], sinceMs: friday, patienceMs: 0 });
    expect(pathsOf(images)).toEqual([before, after]);
  });

  test('neither an older file of the same seed nor one that another generation has is taken', async () => {
    const directory = makeTemporaryFolder();
    const folder = join(directory, '2026-11-20');
    const older = writeLikeServer(folder, '00001-71.png', await makeInfotextPng(71));
    const taken = writeLikeServer(folder, '00002-71.png', await makeInfotextPng(71));
    const own = writeLikeServer(folder, '00003-71.png', await makeInfotextPng(71));
    at(older, friday - 60_000);
    at(taken, friday + 1000);
    at(own, friday + 2000);
    const gallery = openForTest({ directory, now });
    gallery.attribute(taken, { generationId: 3, seed: 71, durationMs: 100 });
    const search = { seeds: [71], sinceMs: friday, patienceMs: 0 };
    expect(pathsOf(await gallery.findImages(search))).toEqual([own]);
  });

  test('images whose names tell no seed are found by their infotext', async () => {
    const directory = makeTemporaryFolder();
    const path = writeLikeServer(directory, '00001-a lighthouse.png', await makeInfotextPng(71));
    at(path, friday + 1000);
    const gallery = openForTest({ directory, now });
    const images = await gallery.findImages({ seeds: [71], sinceMs: friday, patienceMs: 0 });
    expect(pathsOf(images)).toEqual([path]);
  });
});
