/** Images over the last half hour, in steps of equal length; times count from the start of the run. */
export type History = readonly Bucket[];

type Bucket = {
  /** The bucket begins `index * historyStepMs` after the start. */
  readonly index: number;
  readonly imageCount: number;
  /** How much of the bucket generations fill. */
  readonly coveredMs: number;
};

export const historyStepMs = 30_000;

const maxBucketCount = 60;

export const emptyHistory: History = [];

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
  const newest = Math.max(history.at(-1)?.index ?? 0, Math.ceil(span.toMs / historyStepMs) - 1);
  const buckets = new Map(history.map((bucket) => [bucket.index, bucket]));
  const oldest = newest - maxBucketCount + 1;
  const first = Math.max(0, oldest, Math.floor(span.fromMs / historyStepMs));
  for (let index = first; index * historyStepMs < span.toMs; index++) {
    const from = Math.max(span.fromMs, index * historyStepMs);
    const to = Math.min(span.toMs, (index + 1) * historyStepMs);
    const before = buckets.get(index) ?? { index, imageCount: 0, coveredMs: 0 };
    const imageCount = before.imageCount + (span.imageCount * (to - from)) / lengthMs;
    buckets.set(index, { index, imageCount, coveredMs: before.coveredMs + to - from });
  }
  return [...buckets.values()].filter(({ index }) => index >= oldest).sort((a, b) => a.index - b.index);
}

/**
 * Images a minute for each step up to now, oldest first and at most half an hour of them; null where no generation ran. While
 * the loop is active (`activeSinceMs` is set), steps after the last finished generation are not yet known, and left out.
 */
export function readHistory(
  history: History,
  nowMs: number,
  activeSinceMs: number | null,
): (number | null)[] {
  const finished = history.at(-1)?.index ?? -1;
  const last =
    activeSinceMs === null
      ? Math.floor(nowMs / historyStepMs)
      : Math.max(finished, Math.floor(activeSinceMs / historyStepMs) - 1);
  const first = Math.max(0, last - maxBucketCount + 1);
  const rates = new Map(history.map((bucket) => [bucket.index, rateOf(bucket)]));
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, index) => rates.get(first + index) ?? null,
  );
}

function rateOf({ imageCount, coveredMs }: Bucket): number | null {
  return coveredMs > 0 ? (imageCount * 60_000) / coveredMs : null;
}
