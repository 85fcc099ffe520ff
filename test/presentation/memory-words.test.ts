import { expect, test } from 'vitest';
import { describeGrowth } from '../../source/presentation/memory-words.ts';

const hour = 3_600_000;

test('a memory that fills is said with its pace and its end, that which is full first in front', () => {
  const ram = { bytesPerImage: 41e6, fullInMs: 3 * hour + 10 * 60_000 };
  const vram = { bytesPerImage: 2.4e6, fullInMs: 30 * hour };
  expect(describeGrowth({ ram: vram, vram: ram })).toEqual([
    { wordings: ['VRAM +41 MB/image, full in 3 h 10 m', 'VRAM full in 3 h 10 m'], isSoon: true },
    { wordings: ['RAM +2.4 MB/image, full in 1 d 06 h', 'RAM full in 1 d 06 h'], isSoon: false },
  ]);
  expect(describeGrowth({ ram: null, vram: null })).toEqual([]);
});

test('without a pace only the growth is said', () => {
  const ram = { bytesPerImage: 41e6, fullInMs: null };
  expect(describeGrowth({ ram, vram: null })).toEqual([{ wordings: ['RAM +41 MB/image'], isSoon: false }]);
});
