import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldImageBytes, spaceLastsMs } from '../../source/stats/image-bytes.ts';
import { image } from '../ledger/notices-in-test.ts';
import { finished, generationOf } from './notices.ts';

const withBytes = (byteCount: number) => {
  const notice = image(generationOf(1), 10);
  if (notice.type !== 'image') throw new Error('An image is wanted.');
  return { ...notice, image: { ...notice.image, byteCount } };
};

test('the average of images lies between the smallest and the largest, whatever else happens', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1 }), (sizes) => {
      const notices = sizes.flatMap((size) => [withBytes(size), finished(10, generationOf(1))]);
      const average = notices.reduce(foldImageBytes, null) ?? Number.NaN;
      expect(average).toBeGreaterThanOrEqual(Math.min(...sizes) - 1e-6);
      expect(average).toBeLessThanOrEqual(Math.max(...sizes) + 1e-6);
    }),
  );
});

test('space lasts as long as its images take, down to the floor', () => {
  const facts = { freeBytes: 12e9, floorBytes: 2e9, bytesPerImage: 1e6, imagesPerMinute: 20 };
  expect(spaceLastsMs(facts)).toBeCloseTo(500 * 60_000);
  expect(spaceLastsMs({ ...facts, freeBytes: 1e9 })).toBe(0);
  expect(spaceLastsMs({ ...facts, bytesPerImage: null })).toBeNull();
  expect(spaceLastsMs({ ...facts, imagesPerMinute: null })).toBeNull();
});
