/** Images that were saved at about a time, ms since epoch. */
export type ImageCount = { readonly at: number; readonly imageCount: number };

/** Images a minute over a span in steps of equal length, the oldest first. */
export type RateSteps = { readonly stepMs: number; readonly rates: readonly (number | null)[] };

const minute = 60_000;
const hour = 60 * minute;

/** Lengths that a person can count with, ms. */
const niceSteps = [
  ...[5_000, 10_000, 30_000],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 4, 8, 12, 24, 48, 168].map((hours) => hours * hour),
];

/** The shortest step that a person can count with of which at most `mostSteps` cover the span, ms. */
export function stepFor(spanMs: number, mostSteps: number): number {
  const longest = niceSteps.at(-1) ?? hour;
  const fitting = niceSteps.find((stepMs) => spanMs <= stepMs * mostSteps);
  return fitting ?? Math.ceil(spanMs / mostSteps / longest) * longest;
}

/**
 * The rates from one time to another, ms since epoch. A last step of which less than half has passed says nothing yet, and is null; what was
 * saved outside the span is counted with its nearest step.
 */
export function ratesOf(
  counts: readonly ImageCount[],
  {
    fromAt,
    untilAt,
    mostSteps,
  }: { readonly fromAt: number; readonly untilAt: number; readonly mostSteps: number },
): RateSteps {
  const spanMs = Math.max(0, untilAt - fromAt);
  const stepMs = stepFor(spanMs, mostSteps);
  const stepCount = Math.max(1, Math.ceil(spanMs / stepMs));
  const sums = new Array<number>(stepCount).fill(0);
  for (const { at, imageCount } of counts) {
    const index = Math.min(stepCount - 1, Math.max(0, Math.floor((at - fromAt) / stepMs)));
    sums[index] = (sums[index] ?? 0) + imageCount;
  }
  const rates = sums.map((sum, index) => {
    const coveredMs = Math.min(stepMs, spanMs - index * stepMs);
    return coveredMs < stepMs / 2 ? null : (sum * minute) / coveredMs;
  });
  return { stepMs, rates };
}

/** A whole hour on the clock, with the images that were saved in it. */
export type HourCount = { readonly startAt: number; readonly imageCount: number };

/** The whole hours of the span with the fewest and the most images, the earliest of equals; null where there is no whole hour. */
export function slowestAndFastestHour(
  counts: readonly ImageCount[],
  {
    fromAt,
    untilAt,
    zoneOffsetMs,
  }: { readonly fromAt: number; readonly untilAt: number; readonly zoneOffsetMs: number },
): { readonly slowest: HourCount; readonly fastest: HourCount } | null {
  // Half an hour off UTC where the zone is.
  const firstAt = Math.ceil((fromAt + zoneOffsetMs) / hour) * hour - zoneOffsetMs;
  const hours = Array.from({ length: Math.max(0, Math.floor((untilAt - firstAt) / hour)) }, () => 0);
  for (const { at, imageCount } of counts) {
    const index = Math.floor((at - firstAt) / hour);
    const before = hours[index];
    if (before !== undefined) hours[index] = before + imageCount;
  }
  if (hours.length === 0) return null;
  const all = hours.map((imageCount, index) => ({ startAt: firstAt + index * hour, imageCount }));
  const pick = (isBetter: (one: HourCount, other: HourCount) => boolean) =>
    all.reduce((best, each) => (isBetter(each, best) ? each : best));
  return {
    slowest: pick((one, other) => one.imageCount < other.imageCount),
    fastest: pick((one, other) => one.imageCount > other.imageCount),
  };
}
