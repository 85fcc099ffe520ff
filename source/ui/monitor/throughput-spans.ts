import type { MemoryUse } from '../../generation/webui.ts';
import { formatMemory } from '../../presentation/byte-counts.ts';
import { describeSlowdown } from '../../presentation/describe-pace.ts';
import { describeGrowth } from '../../presentation/memory-words.ts';
import { formatCount, formatCounted, formatRate, formatShare } from '../../presentation/numbers.ts';
import type { PaceChange } from '../../stats/drift.ts';
import type { MemoryGrowth } from '../../stats/memory-growth.ts';
import type { Throughput } from '../../stats/throughput.ts';
import type { Span } from '../text/span.ts';
import { fitPieces } from './fit-pieces.ts';

/** What is known of the WebUI besides its throughput: its memory, and whether it became slower. */
export type WebUiFigures = {
  readonly memory: MemoryUse | null;
  readonly growth: MemoryGrowth;
  readonly slowdown: PaceChange | null;
};

const gaps = ['   ', '  ', ' '];

/** `21.4 images/min   2.80 s/image   7.91 it/s`; where it is narrow closer together, then with `img/min`, then without the last. */
export function rateSpans(
  { imagesPerMinute, msPerImage, stepsPerSecond }: Throughput,
  width: number,
): Span[] {
  const secondsPerImage = msPerImage === null ? null : msPerImage / 1000;
  const others = [rate(secondsPerImage, 's/image'), rate(stepsPerSecond, 'it/s')];
  const [long, short] = ['images/min', 'img/min'].map((unit) => [rate(imagesPerMinute, unit), ...others]);
  const candidates = [long, short].flatMap((rates) => gaps.map((gap) => fitPieces(rates ?? [], gap, width)));
  const mostSpans = Math.max(...candidates.map((spans) => spans.length));
  return candidates.find((spans) => spans.length === mostSpans) ?? [];
}

function rate(value: number | null, unit: string): Span[] {
  return [
    { text: formatRate(value), role: 'strong' },
    { text: ` ${unit}`, role: 'quiet' },
  ];
}

/** `3 248 images · 812 generations · 2 retried · 0 given up`; what went wrong comes first where not all fits. */
export function totalSpans(throughput: Throughput, width: number, separator: string): Span[] {
  const { imageCount, generationCount, retryCount, givenUpCount, replacedCount, missingCount } = throughput;
  const images: Span[] = [{ text: formatCounted(imageCount, 'image') }];
  const generations: Span[] = [{ text: formatCounted(generationCount, 'generation'), role: 'quiet' }];
  const retried: Span[] = [{ text: `${retryCount} retried`, role: retryCount > 0 ? 'warning' : 'quiet' }];
  const givenUp: Span[] = [
    { text: `${formatCount(givenUpCount)} given up`, role: givenUpCount > 0 ? 'bad' : 'quiet' },
  ];
  const rare: Span[][] = [
    ...(missingCount > 0 ? [[{ text: `${formatCount(missingCount)} missing`, role: 'bad' } as const]] : []),
    ...(replacedCount > 0
      ? [[{ text: `${formatCount(replacedCount)} replaced`, role: 'warning' } as const]]
      : []),
  ];
  const usual = [images, generations, retried, givenUp, ...rare];
  const all = fitPieces(usual, separator, width);
  const isComplete = all.length === usual.flat().length + usual.length - 1;
  return isComplete
    ? all
    : fitPieces(
        [images, ...(givenUpCount > 0 ? [givenUp] : []), ...rare, retried, generations],
        separator,
        width,
      );
}

/**
 * `GPU idle 0.04 %   VRAM 7.1/24 GB   RAM +41 MB/image, full in 3 h 10 m`, each only once it is known; before them `24 % slower`, while it is,
 * and what is full soon.
 */
export function gpuSpans(
  throughput: Throughput,
  { memory, growth, slowdown }: WebUiFigures,
  width: number,
): Span[] {
  const { gpuIdleShare } = throughput;
  const pieces: Span[][] = slowdown === null ? [] : [[{ text: describeSlowdown(slowdown), role: 'warning' }]];
  if (gpuIdleShare !== null) {
    pieces.push([{ text: 'GPU idle ', role: 'quiet' }, { text: formatShare(gpuIdleShare) }]);
  }
  const vramUsed = memory?.vramUsed ?? null;
  const vramTotal = memory?.vramTotal ?? null;
  if (vramUsed !== null && vramTotal !== null) {
    pieces.push([{ text: 'VRAM ', role: 'quiet' }, { text: formatMemory(vramUsed, vramTotal) }]);
  }
  const lines = growthLines(pieces, growth).map((line) => fitPieces(line, '   ', width));
  const mostSpans = Math.max(...lines.map((spans) => spans.length));
  return lines.find((spans) => spans.length === mostSpans) ?? [];
}

/** The pieces with what is full first, in each of its wordings. */
function growthLines(pieces: readonly Span[][], growth: MemoryGrowth): readonly (readonly Span[][])[] {
  const [first] = describeGrowth(growth);
  if (!first) return [pieces];
  return first.wordings.map((text) => {
    const piece: Span[] = [{ text, role: first.isSoon ? 'warning' : 'quiet' }];
    return first.isSoon ? [piece, ...pieces] : [...pieces, piece];
  });
}
