import type { Pixels } from './pixels.ts';
import type { Slices } from './slices.ts';

/** A picture in few colours: each pixel is an index of the palette. */
export type IndexedPixels = {
  readonly width: number;
  readonly height: number;
  readonly indexes: Uint8Array;
  /** Red, green and blue of each colour. */
  readonly palette: Uint8Array;
};

export type ColourChoice = {
  /** 256 at most. */
  readonly colourCount: number;
  /** A pixel whose colour is no further than this (squared) from its left neighbour's takes that one, which makes for long runs. */
  readonly tolerance: number;
};

/** Colours are told apart to 5 bits a channel: finer than a palette of 256 can show, and few enough to count. */
const binCount = 1 << 15;

/** Rows between two breaths. */
const rowsAtOnce = 32;

type Histogram = {
  readonly counts: Uint32Array;
  /** Of red, green and blue in each bin, so that its mean is exact. */
  readonly sums: readonly [Float64Array, Float64Array, Float64Array];
};

/** A box of bins: a stretch of `order` that will become one colour of the palette. */
type Box = { start: number; end: number; spread: number; channel: 0 | 1 | 2 };

/**
 * Finds colours by median cut, always splitting the box whose pixels differ most. Nothing is dithered:
 * that would cost more bytes than it adds to a picture this small.
 */
export async function quantise(
  pixels: Pixels,
  { colourCount, tolerance }: ColourChoice,
  slices: Slices,
): Promise<IndexedPixels> {
  const histogram = await countColours(pixels, slices);
  const order = Uint16Array.from(usedBins(histogram));
  const boxes = await split(order, histogram, colourCount, slices);
  const palette = new Uint8Array(boxes.length * 3);
  const indexOfBin = new Uint8Array(binCount);
  for (const [index, box] of boxes.entries()) {
    palette.set(meanOf(order.subarray(box.start, box.end), histogram), index * 3);
    for (let at = box.start; at < box.end; at++) indexOfBin[order[at] ?? 0] = index;
  }
  const indexes = await mapPixels(pixels, { indexOfBin, palette, tolerance }, slices);
  return { width: pixels.width, height: pixels.height, indexes, palette };
}

function binAt(rgb: Uint8Array, at: number): number {
  return (((rgb[at] ?? 0) >> 3) << 10) | (((rgb[at + 1] ?? 0) >> 3) << 5) | ((rgb[at + 2] ?? 0) >> 3);
}

async function countColours({ width, height, rgb }: Pixels, slices: Slices): Promise<Histogram> {
  const counts = new Uint32Array(binCount);
  const sums = [new Float64Array(binCount), new Float64Array(binCount), new Float64Array(binCount)] as const;
  for (let row = 0; row < height; row += rowsAtOnce) {
    const end = Math.min(row + rowsAtOnce, height) * width * 3;
    for (let at = row * width * 3; at < end; at += 3) {
      const bin = binAt(rgb, at);
      counts[bin] = (counts[bin] ?? 0) + 1;
      for (const [channel, sum] of sums.entries()) sum[bin] = (sum[bin] ?? 0) + (rgb[at + channel] ?? 0);
    }
    await slices.breathe();
  }
  return { counts, sums };
}

function usedBins({ counts }: Histogram): number[] {
  const used: number[] = [];
  for (let bin = 0; bin < binCount; bin++) if (counts[bin]) used.push(bin);
  return used;
}

async function split(
  order: Uint16Array,
  histogram: Histogram,
  colourCount: number,
  slices: Slices,
): Promise<readonly Box[]> {
  const boxes = [measure({ start: 0, end: order.length, spread: 0, channel: 0 }, order, histogram)];
  while (boxes.length < colourCount) {
    await slices.breathe();
    let widest = boxes[0];
    for (const box of boxes) if (widest === undefined || box.spread > widest.spread) widest = box;
    if (widest === undefined || widest.spread === 0) break;
    const { start, end, channel } = widest;
    const bins = order.subarray(start, end);
    const shift = 10 - 5 * channel;
    bins.sort((one, other) => ((one >> shift) & 31) - ((other >> shift) & 31) || one - other);
    const middle = start + middleOf(bins, shift, histogram);
    boxes.splice(
      boxes.indexOf(widest),
      1,
      measure({ start, end: middle, spread: 0, channel: 0 }, order, histogram),
      measure({ start: middle, end, spread: 0, channel: 0 }, order, histogram),
    );
  }
  return boxes;
}

/** Where to cut sorted bins: behind those below the mean, which keeps small bright things apart from large dark ones. */
function middleOf(bins: Uint16Array, shift: number, { counts }: Histogram): number {
  let pixelCount = 0;
  let sum = 0;
  for (const bin of bins) {
    pixelCount += counts[bin] ?? 0;
    sum += (counts[bin] ?? 0) * ((bin >> shift) & 31);
  }
  const mean = sum / pixelCount;
  const above = bins.findIndex((bin) => ((bin >> shift) & 31) > mean);
  return above <= 0 ? Math.max(1, bins.length >> 1) : above;
}

/** How much the pixels of a box differ, and in which channel the most. */
function measure(box: Box, order: Uint16Array, { counts }: Histogram): Box {
  for (const channel of [0, 1, 2] as const) {
    const shift = 10 - 5 * channel;
    let pixelCount = 0;
    let sum = 0;
    let squares = 0;
    for (let at = box.start; at < box.end; at++) {
      const bin = order[at] ?? 0;
      const count = counts[bin] ?? 0;
      const value = (bin >> shift) & 31;
      pixelCount += count;
      sum += count * value;
      squares += count * value * value;
    }
    const spread = pixelCount === 0 ? 0 : squares - (sum * sum) / pixelCount;
    if (spread > box.spread + 1e-6) {
      box.spread = spread;
      box.channel = channel;
    }
  }
  return box;
}

function meanOf(bins: Uint16Array, { counts, sums }: Histogram): number[] {
  let pixelCount = 0;
  const totals = [0, 0, 0];
  for (const bin of bins) {
    pixelCount += counts[bin] ?? 0;
    for (const [channel, sum] of sums.entries()) totals[channel] = (totals[channel] ?? 0) + (sum[bin] ?? 0);
  }
  return totals.map((total) => Math.round(total / Math.max(1, pixelCount)));
}

async function mapPixels(
  { width, height, rgb }: Pixels,
  choice: {
    readonly indexOfBin: Uint8Array;
    readonly palette: Uint8Array;
    readonly tolerance: number;
  },
  slices: Slices,
): Promise<Uint8Array> {
  const { indexOfBin, palette, tolerance } = choice;
  const indexes = new Uint8Array(width * height);
  const errorOf = (index: number, at: number) =>
    ((palette[index * 3] ?? 0) - (rgb[at] ?? 0)) ** 2 +
    ((palette[index * 3 + 1] ?? 0) - (rgb[at + 1] ?? 0)) ** 2 +
    ((palette[index * 3 + 2] ?? 0) - (rgb[at + 2] ?? 0)) ** 2;
  for (let row = 0; row < height; row += rowsAtOnce) {
    const end = Math.min(row + rowsAtOnce, height) * width;
    for (let at = row * width; at < end; at++) {
      const left = at % width === 0 ? null : (indexes[at - 1] ?? 0);
      const nearest = indexOfBin[binAt(rgb, at * 3)] ?? 0;
      indexes[at] = left !== null && errorOf(left, at * 3) <= tolerance ? left : nearest;
    }
    await slices.breathe();
  }
  return indexes;
}
