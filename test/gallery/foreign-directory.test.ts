import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { datedFolder } from '../../source/gallery/file-name.ts';
import { openForTest, waitForView } from './helpers/gallery.ts';
import { makeInfotextPng } from './helpers/pictures.ts';
import { makeTemporaryFolder } from './helpers/temporary.ts';

/** Names, kinds, sizes and times of everything in a directory and below it. */
function inventory(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .concat('.')
    .map((name) => {
      const { mode, size, mtimeNs, ctimeNs } = lstatSync(join(directory, name), { bigint: true });
      return [name, mode, size, mtimeNs, ctimeNs].join(' ');
    });
}

test('a directory that only a server has named is read, and nothing in it or behind its links is touched', async () => {
  const directory = makeTemporaryFolder();
  const outside = makeTemporaryFolder();
  const today = join(directory, datedFolder(Date.now()));
  mkdirSync(today);
  writeFileSync(join(outside, '00000-7.png'), await makeInfotextPng(7));
  symlinkSync(join(outside, '00000-7.png'), join(today, '00000-7.png'));
  symlinkSync(outside, join(today, '00001-8.png'));
  symlinkSync('/dev/zero', join(today, '00002-9.png'));
  symlinkSync('00003-10.png', join(today, '00003-10.png'));
  execFileSync('mkfifo', [join(today, '00004-11.png')]);
  writeFileSync(join(today, '.sdloop-0.part'), 'left over');
  const before = [inventory(directory), inventory(outside)];
  const gallery = openForTest({ directory });
  gallery.start();
  // The others are no files: loops, pipes, devices, folders.
  await waitForView(gallery, ({ rows }) => rows.length === 1 && rows[0]?.width === 16);
  const search = { sinceMs: 0, patienceMs: 0 };
  expect(await gallery.findImages({ seeds: [8, 9, 10, 11], ...search })).toEqual([]);
  expect([inventory(directory), inventory(outside)]).toEqual(before);
});

test.each([
  ['a file', import.meta.filename],
  ['devices', '/dev'],
  ['processes that come and go', '/proc/self'],
  ['a path with a NUL', '/srv\0/images'],
  ['a path without end', `/${'x/'.repeat(50_000)}`],
])('%s in place of a directory of images is read to its end and has none of ours', async (_, directory) => {
  const gallery = openForTest({ directory });
  gallery.start();
  expect(await gallery.findImages({ seeds: [1], sinceMs: 0, patienceMs: 0 })).toEqual([]);
  await waitForView(gallery, ({ status }) => status.kind !== 'reading');
});
