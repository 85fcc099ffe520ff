import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { findDefect } from '../../source/gallery/find-defect.ts';
import { makePng } from './helpers/pictures.ts';
import { makeTemporaryFolder } from './helpers/temporary.ts';

const black = { create: { width: 480, height: 272, channels: 4, background: '#000000' } } as const;

test.each(['png', 'jpeg', 'webp'] as const)('an entirely black %s is black', async (format) => {
  expect(await findDefect(await sharp(black).toFormat(format).toBuffer())).toBe('black');
});

test('a night sky with one star is a picture', async () => {
  const star = await makePng(3, 3, '#ffffff');
  const night = await sharp(black)
    .composite([{ input: star, left: 100, top: 50 }])
    .png()
    .toBuffer();
  expect(await findDefect(night)).toBeNull();
});

test('a picture of one bright colour is a picture', async () => {
  expect(await findDefect(await makePng(480, 272))).toBeNull();
});

test('a file that is cut short, or none at all, is broken', async () => {
  const folder = makeTemporaryFolder();
  const png = await makePng(64, 64);
  writeFileSync(join(folder, 'cut.png'), png.subarray(0, -20));
  writeFileSync(join(folder, 'words.png'), 'error');
  expect(await findDefect(join(folder, 'cut.png'))).toBe('broken');
  expect(await findDefect(join(folder, 'words.png'))).toBe('broken');
  expect(await findDefect(join(folder, 'none.png'))).toBe('broken');
});

test('pixels that cannot be decoded are broken', async () => {
  const png = await makePng(480, 272);
  png.fill(0x55, 45, png.length - 16);
  expect(await findDefect(png)).toBe('broken');
});
