import { expect, test } from 'vitest';
import { datedFolder, isUnlisted, isVariant, numberIn, seedIn } from '../../source/gallery/file-name.ts';
import { seedInInfotext } from '../../source/gallery/infotext-seed.ts';
import { infotextOf } from './helpers/pictures.ts';

test.each([
  ['00042-123456789.png', 123456789],
  ['00042-123456789-a cat.png', 123456789],
  ['00042-123456789-1.png', 123456789],
  ['1296436483.png', 1296436483],
  ['1296436483-a lighthouse.png', 1296436483],
  ['00042-a cat.png', null],
  ['holiday.png', null],
])('the seed in %s is %s', (name, seed) => {
  expect(seedIn(name)).toBe(seed);
});

test.each([
  ['00042-123.png', 42],
  ['20240101-x.png', 20240101],
  ['100000-5.jpg', 100000],
  ['grid-0003.png', null],
  ['cat.png', null],
])('the number in %s is %s', (name, number) => {
  expect(numberIn(name)).toBe(number);
});

test('temporary, hidden and text files are not listed', () => {
  expect(
    ['00001-5.tmp', '.hidden.png', '.sdloop-1-1.part', '00001-5.txt', '00001-5.png'].map(isUnlisted),
  ).toEqual([true, true, true, true, false]);
});

test('by-products of the hires fix and face restoration are told from the image', () => {
  expect(isVariant('00001-5-before-highres-fix.png')).toBe(true);
  expect(isVariant('00001-5-before-face-restoration.png')).toBe(true);
  expect(isVariant('00001-5.png')).toBe(false);
});

test('the day changes at local midnight, over the change of clocks too', () => {
  expect(datedFolder(new Date(2026, 10, 22, 23, 59, 59).getTime())).toBe('2026-11-22');
  expect(datedFolder(new Date(2026, 10, 23, 0, 0, 0).getTime())).toBe('2026-11-23');
  expect(datedFolder(new Date(2026, 0, 1, 0, 30).getTime(), -1)).toBe('2025-12-31');
  expect(datedFolder(new Date(2026, 2, 29, 0, 30).getTime(), 1)).toBe('2026-03-30');
});

test('the seed of an infotext is in its last line, not in the prompt', () => {
  expect(seedInInfotext(infotextOf(99, 'Seed: 5, Steps: 3'))).toBe(99);
  expect(seedInInfotext('Seed: 5, a seed\nSteps: 20, Variation seed: 7, Seed resize from: 1x1')).toBeNull();
});
