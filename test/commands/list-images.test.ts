import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { listImages } from '../../source/commands/list-images.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';

let noise: Buffer;
let black: Buffer;
let directory: string;

beforeAll(async () => {
  const create = { width: 32, height: 24, channels: 3, background: '#000' } as const;
  black = await sharp({ create: { ...create, width: 512, height: 512 } })
    .png()
    .toBuffer();
  noise = await sharp({ create: { ...create, noise: { type: 'gaussian', mean: 128, sigma: 40 } } })
    .png()
    .toBuffer();
});
beforeEach(() => {
  directory = tempDirectoryInTest();
});

function put(name: string, bytes: Uint8Array = noise): void {
  const path = join(directory, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

async function names(): Promise<string[]> {
  const listed: string[] = [];
  for await (const { path } of listImages(directory)) listed.push(basename(path));
  return listed;
}

test('the newest day comes first, the highest number in it first, and files beside the days last', async () => {
  put('2026-11-21/00007-7.png');
  put('2026-11-22/00009-1.png');
  put('2026-11-22/00010-3.png');
  put('2026-11-22/100000-2.png');
  put('00003-33.png');
  expect(await names()).toEqual([
    '100000-2.png',
    '00010-3.png',
    '00009-1.png',
    '00007-7.png',
    '00003-33.png',
  ]);
});

test('the outputs and the directory of the images in it mean the same', async () => {
  put('txt2img-images/2026-11-22/00000-5.png');
  expect(await names()).toEqual(['00000-5.png']);
  directory = join(directory, 'txt2img-images');
  expect(await names()).toEqual(['00000-5.png']);
});

test('grids, by-products, twins, half-written, black and foreign files are no images', async () => {
  put('00000-5.png');
  put('00000-5.jpg');
  put('00000-5-before-highres-fix.png');
  put('grid-0000.png');
  put('00001-6.png.tmp');
  put('00002-7.png', noise.subarray(0, noise.length - 20));
  put('00003-8.png', black);
  put('00004-9.png', readFileSync(import.meta.filename));
  put('00005-9.txt');
  expect(await names()).toEqual(['00000-5.png']);
});

test('an image says its seed and pixels even without an infotext', async () => {
  put('2026-11-22/00000-4294967295.png');
  const { value } = await listImages(directory).next();
  expect(value).toMatchObject({ seed: 4294967295, width: 32, height: 24, prompt: null, checkpoint: null });
});

test('names with hostile bytes and a directory that is not there are no trouble', async () => {
  put('00000-5\u001b[2J.png');
  expect(await names()).toEqual(['00000-5\u001b[2J.png']);
  directory = join(directory, 'gone');
  expect(await names()).toEqual([]);
});
