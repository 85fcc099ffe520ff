import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, expect, test } from 'vitest';
import { createPictureMaker } from '../../source/pictures/make-picture.ts';
import { difference, expected, PictureTerminalEmulator } from '../helpers/picture-terminal.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { drawing, made, terminalOf } from './pictures-in-test.ts';

const area = { columns: 30, rows: 12 };
const picture = await drawing(320, 180);

let directory: string;

beforeEach(() => {
  directory = tempDirectoryInTest();
});

const maker = createPictureMaker({ terminal: terminalOf('iterm2'), cacheDirectory: null });

function put(name: string, bytes: Buffer | string): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

const jpeg = await sharp(picture).jpeg().toBuffer();
const webp = await sharp(picture).webp().toBuffer();
const tooLarge = await sharp({ create: { width: 10_001, height: 10_000, channels: 3, background: '#345' } })
  .png()
  .toBuffer();

test.each([
  ['no bytes', Buffer.alloc(0), 'the file is empty'],
  ['a text that is called a picture', Buffer.from('beautiful, masterpiece'), 'not a picture'],
  [
    'a drawing that refers to other files',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>'),
    'not a picture',
  ],
  ['the start of a PNG', picture.subarray(0, 20), 'broken or cut short'],
  ['a PNG that ends early', picture.subarray(0, picture.length / 2), 'broken or cut short'],
  ['a JPEG that ends early', jpeg.subarray(0, jpeg.length / 2), 'broken or cut short'],
  ['a WebP that ends early', webp.subarray(0, webp.length / 2), 'broken or cut short'],
  [
    'a PNG of noise',
    Buffer.concat([picture.subarray(0, 50), Buffer.alloc(5000, 0x5a)]),
    'broken or cut short',
  ],
  ['more than 100 megapixels', tooLarge, 'more than 100 megapixels'],
])('%s', async (_, bytes, reason) => {
  expect(await maker.make(put('picture.png', bytes), area)).toEqual({ reason });
  expect(await maker.makeFromBytes(bytes, area)).toEqual({ reason });
});

test('a header that promises more than 100 megapixels', async () => {
  const bytes = Buffer.from(picture);
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);
  expect(await maker.makeFromBytes(bytes, area)).toHaveProperty('reason');
});

test('no file, no folder, a pipe that nobody writes to, and one that may not be read', async () => {
  expect(await maker.make(join(directory, 'none.png'), area)).toEqual({ reason: 'the file is gone' });
  expect(await maker.make(directory, area)).toEqual({ reason: 'not a file' });
  expect(await maker.make(join(put('a.png', picture), 'below'), area)).toEqual({
    reason: 'the file is gone',
  });
  const pipe = join(directory, 'pipe.png');
  execFileSync('mkfifo', [pipe]);
  expect(await maker.make(pipe, area)).toEqual({ reason: 'not a file' });
  const folder = join(directory, 'closed');
  mkdirSync(folder);
  const path = join(folder, 'a.png');
  writeFileSync(path, picture);
  chmodSync(path, 0);
  // Root may read everything.
  const reason = process.getuid?.() === 0 ? undefined : 'the file may not be read';
  expect(Reflect.get(await maker.make(path, area), 'reason')).toBe(reason);
});

test('a file that is replaced or deleted while it is shown', async () => {
  const cacheDirectory = join(directory, 'cache');
  const caching = createPictureMaker({ terminal: terminalOf('iterm2'), cacheDirectory });
  const path = put('a.png', picture);
  const first = made(await caching.make(path, area));
  expect(made(await caching.make(path, area)).data).toBe(first.data);
  renameSync(put('b.png', await drawing(200, 200)), path);
  const second = made(await caching.make(path, area));
  expect(second.columns).not.toBe(first.columns);
  unlinkSync(path);
  expect(await caching.make(path, area)).toEqual({ reason: 'the file is gone' });
});

const halfClear = await sharp(picture).ensureAlpha(0.5).png().toBuffer();

test.each([
  ['16 bits a channel', await sharp(picture).toColourspace('rgb16').png().toBuffer(), picture],
  ['CMYK', await sharp(picture).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(), picture],
  [
    'grey',
    await sharp(picture).greyscale().png().toBuffer(),
    await sharp(picture).greyscale().png().toBuffer(),
  ],
  ['a palette', await sharp(picture).png({ palette: true }).toBuffer(), picture],
  ['half transparent', halfClear, halfClear],
  [
    'lying on its side',
    await sharp(picture).rotate(90).withMetadata({ orientation: 8 }).jpeg({ quality: 95 }).toBuffer(),
    picture,
  ],
  ['the first of a hundred frames', await animated(100), picture],
])('%s', async (_, bytes, shown) => {
  const drawn = made(await maker.make(put('picture.png', bytes), area));
  const terminal = new PictureTerminalEmulator({ columns: 40, rows: 20 });
  await terminal.write(drawn.data);
  const region = { row: 0, column: 0, columns: drawn.columns, rows: drawn.rows };
  expect(difference(await terminal.see(region), await expected(shown, region))).toBeLessThan(12);
});

async function animated(frameCount: number): Promise<Buffer> {
  const black = await sharp({ create: { width: 320, height: 180, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
  const frames = [picture, ...Array.from({ length: frameCount - 1 }, () => black)];
  return sharp(frames, { join: { animated: true } })
    .webp({ quality: 95, effort: 0 })
    .toBuffer();
}

test('100 megapixels in little memory', async () => {
  const huge = await sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: '#345' } })
    .jpeg()
    .toBuffer();
  const before = process.memoryUsage().rss;
  made(await maker.makeFromBytes(huge, area));
  expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
});
