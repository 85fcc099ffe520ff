/** The value below which `share` (0 to 1) of the sample lies, between neighbours in proportion. Throws for an empty sample. */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const [lower, upper] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  if (lower === undefined || upper === undefined) throw new RangeError('There is no quantile of nothing.');
  return lower + (upper - lower) * (position % 1);
}

export function median(sample: readonly number[]): number {
  return quantile(sample, 0.5);
}

/** How many times `base` the value is, as in `1.9x`. */
export function ratio(value: number, base: number): string {
  return `${(value / base).toFixed(value / base < 10 ? 2 : 1)}x`;
}
