/** Memory in use after so many images. */
export type MemorySample = { readonly imageCount: number; readonly usedBytes: number };

/** Samples since the WebUI was started or loaded another checkpoint, oldest first, so many at most that a new one costs little. */
export type MemoryTrend = readonly MemorySample[];

const maxSampleCount = 64;

/**
 * Fewer samples, or samples of fewer images, tell nothing: a WebUI takes memory in its first minutes that it then has, and what comes and
 * goes slowly looks like growth while it comes.
 */
const minSampleCount = 24;
const minImageSpan = 8;

/** Growth is no chance once this share of all pairs of samples agrees on its direction (Kendall's tau, 0 to 1). */
const minAgreement = 0.6;

/** What comes and goes between two images is no growth, bytes in all. */
const minGrowthBytes = 64 * 2 ** 20;

/** Adds a sample; a full trend keeps every second one, so that it always spans the whole time. */
export function addMemorySample(trend: MemoryTrend, sample: MemorySample): MemoryTrend {
  const kept = trend.length < maxSampleCount ? trend : trend.filter((_, index) => index % 2 === 0);
  return [...kept, sample];
}

/**
 * How much the memory grows with each image, bytes: the median slope of all pairs (the Theil-Sen estimator), which up to 29 % of samples
 * far from the line do not move. Null while there is no growth to be seen.
 */
export function growthPerImage(trend: MemoryTrend): number | null {
  const first = trend[0];
  const last = trend.at(-1);
  if (!first || !last || trend.length < minSampleCount) return null;
  const imageSpan = last.imageCount - first.imageCount;
  if (imageSpan < minImageSpan) return null;
  const slopes = pairSlopes(trend);
  const slope = median(slopes);
  if (slope === null || slope <= 0 || slope * imageSpan < minGrowthBytes) return null;
  const agreement = slopes.reduce((sum, each) => sum + Math.sign(each), 0) / slopes.length;
  return agreement >= minAgreement ? slope : null;
}

function pairSlopes(trend: MemoryTrend): number[] {
  return trend.flatMap((early, index) =>
    trend
      .slice(index + 1)
      .filter(({ imageCount }) => imageCount > early.imageCount)
      .map((late) => (late.usedBytes - early.usedBytes) / (late.imageCount - early.imageCount)),
  );
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const above = sorted[Math.floor(sorted.length / 2)];
  const below = sorted[Math.floor((sorted.length - 1) / 2)];
  return above === undefined || below === undefined ? null : (above + below) / 2;
}
