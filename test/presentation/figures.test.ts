import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatBytes, formatMemory } from '../../source/presentation/byte-counts.ts';
import { checkpointName } from '../../source/presentation/checkpoint-name.ts';
import { formatFileTime } from '../../source/presentation/clock-time.ts';
import { formatCount, formatCounted, formatRate, formatShare } from '../../source/presentation/numbers.ts';
import { formatSeeds } from '../../source/presentation/seed-range.ts';
import { exampleGeneration } from '../ui/monitor/example-snapshot.ts';

test('thousands are set apart', () => {
  expect([0, 999, 3_248, 1_234_567].map(formatCount)).toEqual(['0', '999', '3 248', '1 234 567']);
  expect([0, 1, 2].map((count) => formatCounted(count, 'image'))).toEqual([
    '0 images',
    '1 image',
    '2 images',
  ]);
});

test('rates keep four columns and about three digits', () => {
  expect([0, 2.8, 9.996, 21.43, 99.96, 1_322].map(formatRate)).toEqual([
    '0.00',
    '2.80',
    '10.0',
    '21.4',
    ' 100',
    '1322',
  ]);
  expect(formatRate(null)).toBe('   -');
  fc.assert(
    fc.property(fc.double({ min: 0, max: 9_999, noNaN: true }), (rate) => {
      expect(formatRate(rate)).toHaveLength(4);
    }),
  );
});

test('small shares keep their digits', () => {
  expect([0, 0.0004, 0.031, 0.42, 1].map(formatShare)).toEqual([
    '0.00 %',
    '0.04 %',
    '3.1 %',
    '42 %',
    '100 %',
  ]);
});

test('file sizes are decimal and never wider than six columns', () => {
  expect([0, 980, 182_400, 999_600, 1_240_000, 612_400_000].map(formatBytes)).toEqual([
    '0 B',
    '980 B',
    '182 kB',
    '1.0 MB',
    '1.2 MB',
    '612 MB',
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (byteCount) => {
      expect(formatBytes(byteCount).length).toBeLessThanOrEqual(6);
    }),
  );
});

test('memory is counted in the gigabytes that cards are sold by', () => {
  expect(formatMemory(7.1 * 2 ** 30, 25_757_220_864)).toBe('7.1/24 GB');
});

test("a night's files keep their time, older ones say their day", () => {
  const now = new Date(2026, 10, 22, 8, 0).getTime();
  expect(formatFileTime(new Date(2026, 10, 21, 23, 59, 9).getTime(), now)).toBe('23:59:09');
  expect(formatFileTime(new Date(2026, 10, 21, 7, 59).getTime(), now)).toBe('21 Nov  ');
  expect(formatFileTime(new Date(2025, 10, 22, 0, 5).getTime(), now)).toBe('Nov 2025');
});

test('a checkpoint is called by its stem', () => {
  expect(checkpointName('sub/dream.v2.safetensors [879db523c3]')).toBe('dream.v2');
  expect(checkpointName('sub\\dream.ckpt')).toBe('dream');
  expect(checkpointName('.safetensors')).toBe('.safetensors');
});

test.each([
  [3_005_953_957, 4, 'seeds 3005953957 … 60'],
  [3_005_953_957, 1, 'seed 3005953957'],
  [3_005_953_998, 4, 'seeds 3005953998 … 4001'],
  [8, 4, 'seeds 8 … 11'],
  [1, 3, 'seeds 1 … 3'],
])('%d with %d images: %s', (firstSeed, batchSize, text) => {
  const { parameters } = exampleGeneration;
  expect(
    formatSeeds({ ...exampleGeneration, firstSeed, parameters: { ...parameters, batchSize } }, '…'),
  ).toBe(text);
});
