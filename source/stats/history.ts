/**
 * Images over time, in steps of equal length from the start of the run. The steps grow with the run, so that a minute of it is a graph
 * already and an hour still is one.
 */
export type History = {
  readonly stepMs: number;
  /** Oldest first; steps in which nothing ran have none. */
  readonly buckets: readonly Bucket[];
};

type Bucket = {
  /** The bucket begins `index * stepMs` after the start. */
  readonly index: number;
  readonly imageCount: number;
  /** How much of the bucket generations fill. */
  readonly coveredMs: number;
};

const shortestStepMs = 5_000;
const longestStepMs = 40_000;

const maxBucketCount = 120;

export const emptyHistory: History = { stepMs: shortestStepMs, buckets: [] };

/**
 * Adds a generation, its images spread evenly over its time: counted where they land, generations of a minute would make a
 * comb of the graph.
 */
export function addSpan(
  history: History,
  span: { readonly fromMs: number; readonly toMs: number; readonly imageCount: number },
): History {
  const lengthMs = span.toMs - span.fromMs;
  if (lengthMs <= 0) return history;
  const { stepMs, buckets } = coarsen(history, span.toMs);
  const newest = Math.max(buckets.at(-1)?.index ?? 0, Math.ceil(span.toMs / stepMs) - 1);
  const byIndex = new Map(buckets.map((bucket) => [bucket.index, bucket]));
  const oldest = newest - maxBucketCount + 1;
  const first = Math.max(0, oldest, Math.floor(span.fromMs / stepMs));
  for (let index = first; index * stepMs < span.toMs; index++) {
    const from = Math.max(span.fromMs, index * stepMs);
    const to = Math.min(span.toMs, (index + 1) * stepMs);
    const imageCount = (span.imageCount * (to - from)) / lengthMs;
    byIndex.set(index, join(byIndex.get(index), { index, imageCount, coveredMs: to - from }));
  }
  const kept = [...byIndex.values()].filter(({ index }) => index >= oldest);
  return { stepMs, buckets: kept.sort((a, b) => a.index - b.index) };
}

/**
 * Images a minute for each step up to now, oldest first; null where no generation ran. While the loop is active (`activeSinceMs` is
 * set), steps after the last finished generation are not yet known, and left out.
 */
export function readHistory(
  history: History,
  nowMs: number,
  activeSinceMs: number | null,
): { readonly stepMs: number; readonly rates: readonly (number | null)[] } {
  const { stepMs, buckets } = coarsen(history, activeSinceMs ?? nowMs);
  const finished = buckets.at(-1)?.index ?? -1;
  const last =
    activeSinceMs === null
      ? Math.floor(nowMs / stepMs)
      : Math.max(finished, Math.floor(activeSinceMs / stepMs) - 1);
  const first = Math.max(0, last - maxBucketCount + 1);
  const rates = new Map(buckets.map((bucket) => [bucket.index, rateOf(bucket)]));
  return {
    stepMs,
    rates: Array.from(
      { length: Math.max(0, last - first + 1) },
      (_, index) => rates.get(first + index) ?? null,
    ),
  };
}

/** Doubles the steps until those from the first bucket to this time are few enough, or as long as they may be. */
function coarsen(history: History, untilMs: number): History {
  let { stepMs, buckets } = history;
  while (stepMs < longestStepMs && Math.ceil(untilMs / stepMs) - (buckets[0]?.index ?? 0) > maxBucketCount) {
    stepMs *= 2;
    const joined = new Map<number, Bucket>();
    for (const bucket of buckets) {
      const index = Math.floor(bucket.index / 2);
      joined.set(index, join(joined.get(index), { ...bucket, index }));
    }
    buckets = [...joined.values()];
  }
  return { stepMs, buckets };
}

function join(one: Bucket | undefined, other: Bucket): Bucket {
  if (one === undefined) return other;
  return {
    index: other.index,
    imageCount: one.imageCount + other.imageCount,
    coveredMs: one.coveredMs + other.coveredMs,
  };
}

function rateOf({ imageCount, coveredMs }: Bucket): number | null {
  return coveredMs > 0 ? (imageCount * 60_000) / coveredMs : null;
}
