import type { Growth, MemoryGrowth } from '../stats/memory-growth.ts';
import { formatBytes } from './byte-counts.ts';
import { formatMinutes } from './durations.ts';

/** A memory that is full within this is worth a warning, ms. */
const soonMs = 6 * 3_600_000;

/** How a memory that fills is said, the fullest wording first: `RAM +41 MB/image, full in 3 h 10 m`. */
export type GrowthWords = { readonly wordings: readonly string[]; readonly isSoon: boolean };

/** The words for each memory that grows, that which is full first in front. */
export function describeGrowth({ ram, vram }: MemoryGrowth): readonly GrowthWords[] {
  const named = [
    { name: 'RAM', growth: ram },
    { name: 'VRAM', growth: vram },
  ];
  return named
    .flatMap(({ name, growth }) => (growth === null ? [] : [{ name, growth }]))
    .sort((a, b) => timeLeft(a.growth) - timeLeft(b.growth))
    .map(({ name, growth }) => wordsOf(name, growth));
}

function wordsOf(name: string, { bytesPerImage, fullInMs }: Growth): GrowthWords {
  const rate = `${name} +${formatBytes(bytesPerImage)}/image`;
  if (fullInMs === null) return { wordings: [rate], isSoon: false };
  const full = `full in ${formatMinutes(fullInMs)}`;
  return { wordings: [`${rate}, ${full}`, `${name} ${full}`], isSoon: fullInMs < soonMs };
}

function timeLeft({ fullInMs }: Growth): number {
  return fullInMs ?? Number.MAX_VALUE;
}
