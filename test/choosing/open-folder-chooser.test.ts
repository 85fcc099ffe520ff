import { mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { folderTrouble, openFolderChooser } from '../../source/choosing/open-folder-chooser.ts';
import { type Chooser, everyPresentImage } from '../../source/presentation/choosing.ts';
import {
  exifWithComment,
  infotextOf,
  makeInfotextPng,
  makeJpeg,
  makePng,
} from '../gallery/helpers/pictures.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { done, listIn, namesIn, openChooserInTest } from './chooser-in-test.ts';

let folder: string;
let chooser: Chooser;

beforeEach(async () => {
  const base = tempDirectoryInTest();
  folder = join(base, 'pictures');
  mkdirSync(join(folder, '2026-11-22'), { recursive: true });
  mkdirSync(join(folder, '2026-11-23'));
  writeFileSync(join(folder, '2026-11-22', '00000-71.png'), await makeInfotextPng(71));
  writeFileSync(join(folder, '2026-11-22', '00001-72.jpg'), await makeJpeg(exifWithComment(infotextOf(72))));
  writeFileSync(join(folder, '2026-11-23', '00000-a cat.png'), await makePng());
  writeFileSync(join(folder, '2026-11-23', 'notes.txt'), 'no picture');
  chooser = openFolderChooser(folder, openChooserInTest(join(base, 'state')));
});

test('images of any origin are listed, the newest folder and number first, with what their files say', async () => {
  const { images, totalCount } = await listIn(chooser);
  expect(images.map(({ path }) => basename(path))).toEqual([
    '00000-a cat.png',
    '00001-72.jpg',
    '00000-71.png',
  ]);
  expect(totalCount).toBe(3);
  expect(images).toMatchObject([
    { seed: null, prompt: null, generation: null },
    { seed: 72, width: 24, height: 8 },
    { seed: 71, checkpoint: expect.any(String), prompt: expect.any(String) },
  ]);
});

test('they are filtered by what their files say, and cut into windows', async () => {
  expect(await namesIn(chooser, { seed: 72 })).toEqual(['00001-72.jpg']);
  expect(await namesIn(chooser, { name: 'CAT' })).toEqual(['00000-a cat.png']);
  expect(await namesIn(chooser, { prompt: 'no such word' })).toEqual([]);
  const [word = ''] = ((await listIn(chooser, { seed: 71 })).images[0]?.prompt ?? '').split(' ');
  expect(await namesIn(chooser, { prompt: word.toUpperCase() })).toEqual(['00001-72.jpg', '00000-71.png']);
  expect(await listIn(chooser, {}, { firstIndex: 2, count: 5 })).toMatchObject({
    totalCount: 3,
    firstIndex: 0,
  });
});

test('they are chosen like the loop’s own, and a rejected one leaves the list until it is taken back', async () => {
  const [cat, jpeg] = (await listIn(chooser)).images.map(({ path }) => path);
  done(await chooser.choose([cat ?? ''], { kind: 'stars', stars: 3 }));
  expect(await namesIn(chooser, { minStars: 3 })).toEqual(['00000-a cat.png']);
  expect((await listIn(chooser, {}, { sort: 'best' })).totalCount).toBe(1);
  done(await chooser.choose([jpeg ?? ''], { kind: 'reject' }));
  expect(await namesIn(chooser)).toEqual(['00000-a cat.png', '00000-71.png']);
  done(await chooser.undo());
  expect(await namesIn(chooser)).toHaveLength(3);
});

test('a file that came, went or was replaced is seen', async () => {
  await listIn(chooser);
  const before = chooser.revision();
  writeFileSync(join(folder, '2026-11-23', '00001-73.png'), await makeInfotextPng(73));
  rmSync(join(folder, '2026-11-22', '00000-71.png'));
  await waitFor(() => chooser.revision() !== before, { timeoutMs: 10_000 });
  expect(await namesIn(chooser)).toEqual(['00001-73.png', '00000-a cat.png', '00001-72.jpg']);
  const replaced = join(folder, '2026-11-23', '00001-73.png');
  writeFileSync(`${replaced}.new`, await makeInfotextPng(99));
  utimesSync(`${replaced}.new`, 1_700_000_000, 1_700_000_000);
  renameSync(`${replaced}.new`, replaced);
  expect((await listIn(chooser)).images[0]?.seed).toBe(99);
}, 20_000);

test('a folder that is none is said', async () => {
  expect(await folderTrouble(folder)).toBeNull();
  const none = join(folder, 'none');
  expect(await folderTrouble(none)).toBe(`There is no folder ${none}.`);
  expect(await folderTrouble(join(folder, '2026-11-22', '00000-71.png'))).toMatch(/is no folder/);
  rmSync(folder, { recursive: true });
  expect(
    await chooser.list({ filter: everyPresentImage, sort: 'newest', firstIndex: 0, count: 1 }),
  ).toMatchObject({ ok: false });
});
