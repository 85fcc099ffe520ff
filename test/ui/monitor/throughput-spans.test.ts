import { expect, test } from 'vitest';
import type { NotMade } from '../../../source/stats/not-made.ts';
import { gpuSpans, totalSpans } from '../../../source/ui/monitor/throughput-spans.ts';
import { exampleSnapshot, exampleThroughput } from './example-snapshot.ts';

function textOf(fullInHours: number | null, width: number): string {
  const fullInMs = fullInHours === null ? null : fullInHours * 3_600_000;
  const growth = { ram: { bytesPerImage: 41e6, fullInMs }, vram: null };
  const { memory } = exampleSnapshot();
  const spans = gpuSpans(exampleThroughput, { memory, growth, slowdown: null }, width);
  return spans.map(({ text }) => text).join('');
}

test('a memory that fills is told beside the other figures, and before them once it is full soon', () => {
  expect(textOf(30, 70)).toBe('GPU idle 0.04 %   VRAM 7.1/24 GB   RAM +41 MB/image, full in 1 d 06 h');
  expect(textOf(30, 60)).toBe('GPU idle 0.04 %   VRAM 7.1/24 GB   RAM full in 1 d 06 h');
  expect(textOf(30, 38)).toBe('GPU idle 0.04 %   VRAM 7.1/24 GB');
  expect(textOf(3, 70)).toBe('RAM +41 MB/image, full in 3 h 00 m   GPU idle 0.04 %   VRAM 7.1/24 GB');
  expect(textOf(3, 38)).toBe('RAM full in 3 h 00 m   GPU idle 0.04 %');
  expect(textOf(null, 70)).toBe('GPU idle 0.04 %   VRAM 7.1/24 GB   RAM +41 MB/image');
});

test('what did not come is told by what became of it, and first where not all fits', () => {
  const totals = (notMade: Partial<NotMade>, width: number) =>
    totalSpans({ ...exampleThroughput, ...notMade }, width, ' · ')
      .map(({ text }) => text)
      .join('');
  expect(totals({}, 70)).toBe('3 248 images · 812 generations · 2 retried · 0 given up');
  const all = { givenUpCount: 8, replacedCount: 4, missingCount: 1 };
  expect(totals(all, 100)).toBe(
    '3 248 images · 812 generations · 2 retried · 8 given up · 1 missing · 4 replaced',
  );
  expect(totals(all, 40)).toBe('3 248 images · 8 given up · 1 missing');
  expect(totals({ missingCount: 1 }, 40)).toBe('3 248 images · 1 missing · 2 retried');
});
