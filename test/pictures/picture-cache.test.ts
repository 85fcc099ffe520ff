import {
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openPictureCache } from '../../source/pictures/picture-cache.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';

const size = { columns: 4, rows: 2 };

let directory: string;

beforeEach(() => {
  directory = join(tempDirectoryInTest(), 'a', 'pictures');
});

function byteCount(): number {
  return readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}

test('keeps what was written, whatever characters it has', async () => {
  await openPictureCache(directory).write('key', { size, body: '▀\u001b[0m\n漢' });
  expect(await openPictureCache(directory).read('key')).toEqual({ size, body: '▀\u001b[0m\n漢' });
  expect(await openPictureCache(directory).read('other')).toBeNull();
});

test('stays within its bound, and lets go what was not used for longest', async () => {
  const cache = openPictureCache(directory, 100_000);
  for (let index = 0; index < 60; index++) {
    await cache.write(`${index}`, { size, body: 'x'.repeat(5000) });
    // In use all the time.
    expect(await cache.read('0'), `${index}`).not.toBeNull();
    await waitFor(() => byteCount() <= 100_000 + 30_000);
  }
  expect(await cache.read('59')).not.toBeNull();
  expect(await cache.read('1')).toBeNull();
});

test('takes away what a crash left, and nothing that is not its own', async () => {
  mkdirSync(directory, { recursive: true });
  const part = join(directory, `${'a'.repeat(40)}.0123abcd.part`);
  const foreign = join(directory, 'notes.txt');
  for (const path of [part, foreign]) {
    writeFileSync(path, 'x'.repeat(1000));
    utimesSync(path, 1, 1);
  }
  const cache = openPictureCache(directory, 500);
  await cache.write('key', { size, body: 'x'.repeat(300) });
  await waitFor(() => !existsSync(part));
  expect(existsSync(foreign)).toBe(true);
});

test('a file that was cut, is of something else or no picture at all is made anew', async () => {
  const cache = openPictureCache(directory);
  await cache.write('key', { size, body: 'x'.repeat(300) });
  const path = join(directory, readdirSync(directory)[0] ?? '');
  for (const text of ['', '{}', '{"format":1}\nxx', 'null\n', '[1]\nxx', '\u001b[2J']) {
    writeFileSync(path, text);
    expect(await cache.read('key')).toBeNull();
  }
});

test.each([
  ['where there is a file', (path: string) => writeFileSync(path, '')],
  ['where nothing can be written', (path: string) => symlinkSync('/proc/self', path)],
])('%s, pictures are just not kept', async (_, spoil) => {
  mkdirSync(join(directory, '..'), { recursive: true });
  spoil(directory);
  const cache = openPictureCache(directory);
  await cache.write('key', { size, body: 'x' });
  expect(await cache.read('key')).toBeNull();
});

test('is for the user alone', async () => {
  await openPictureCache(directory).write('key', { size, body: 'x' });
  expect(statSync(directory).mode & 0o077).toBe(0);
  expect(statSync(join(directory, readdirSync(directory)[0] ?? '')).mode & 0o077).toBe(0);
});
