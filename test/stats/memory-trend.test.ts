import fc from 'fast-check';
import { expect, test } from 'vitest';
import { growthOf } from '../../source/stats/memory-growth.ts';
import { addMemorySample, growthPerImage, type MemoryTrend } from '../../source/stats/memory-trend.ts';

const megabyte = 1e6;

function trendOf(count: number, usedBytes: (imageCount: number) => number): MemoryTrend {
  let trend: MemoryTrend = [];
  for (let index = 0; index < count; index++) {
    trend = addMemorySample(trend, { imageCount: 4 * index, usedBytes: usedBytes(4 * index) });
  }
  return trend;
}

test('a leak is found through what comes and goes, and through some samples that are far off', () => {
  const random = [3, -7, 12, 0, -11, 5, 8, -2];
  const noisy = (imageCount: number) =>
    6e9 + imageCount * 41 * megabyte + (random[(imageCount / 4) % 8] ?? 0) * 20 * megabyte;
  const growth = growthPerImage(trendOf(40, (n) => (n % 28 === 0 ? 2e9 : noisy(n))));
  expect((growth ?? 0) / megabyte).toBeCloseTo(41, -1);
});

test('a sawtooth, a first load and a memory that shrinks are no leak', () => {
  expect(growthPerImage(trendOf(60, (n) => 6e9 + (n % 20) * 50 * megabyte))).toBe(null);
  expect(growthPerImage(trendOf(60, (n) => (n < 12 ? 2e9 : 6e9)))).toBe(null);
  expect(growthPerImage(trendOf(60, (n) => 6e9 - n * megabyte))).toBe(null);
  expect(growthPerImage(trendOf(60, () => 6e9))).toBe(null);
});

test('what a WebUI takes in its first minutes, and what comes and goes in less, is no leak', () => {
  const settling = (n: number) => 8e9 - 2e9 * Math.exp(-n / 20);
  const wave = (n: number) => 8e9 + 200 * megabyte * Math.sin(n / 10);
  for (let count = 1; count <= 64; count++) {
    expect(growthPerImage(trendOf(count, wave))).toBe(null);
    if (count <= 23) expect(growthPerImage(trendOf(count, settling))).toBe(null);
  }
});

test('a few samples, or samples without images, tell nothing', () => {
  expect(growthPerImage(trendOf(23, (n) => 6e9 + n * 100 * megabyte))).toBe(null);
  const atRest = Array.from({ length: 30 }, (_, index) => ({ imageCount: 5, usedBytes: index * 1e9 }));
  expect(growthPerImage(atRest)).toBe(null);
  expect(growthPerImage([])).toBe(null);
});

test('whatever is sampled, and for however long, it stays bounded and spans the whole time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 64, max: 2000 }), fc.integer({ min: 1, max: 500 }), (count, perImage) => {
      const trend = trendOf(count, (n) => 1e9 + n * perImage * megabyte);
      expect(trend.length).toBeLessThanOrEqual(64);
      expect(trend[0]?.imageCount).toBe(0);
      expect(trend.at(-1)?.imageCount).toBe(4 * (count - 1));
      expect(growthPerImage(trend)).toBeCloseTo(perImage * megabyte, 0);
    }),
    { numRuns: 50 },
  );
});

test('when it is full follows from the pace', () => {
  expect(growthOf(41 * megabyte, 41 * megabyte * 600, 20)).toEqual({
    bytesPerImage: 41 * megabyte,
    fullInMs: 30 * 60_000,
  });
  expect(growthOf(1, null, 20)?.fullInMs).toBe(null);
  expect(growthOf(1, 100, null)?.fullInMs).toBe(null);
  expect(growthOf(1, -5, 20)?.fullInMs).toBe(0);
  expect(growthOf(null, 100, 20)).toBe(null);
});
