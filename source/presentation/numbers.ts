/** A whole number with its thousands set apart by spaces: `3 248`. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** A count with its noun, which takes an `s` unless there is exactly one: `1 image`, `3 248 images`. */
export function formatCounted(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${Math.round(value) === 1 ? '' : 's'}`;
}

/**
 * A rate in four columns with about three digits, so that nothing beside it moves: `2.80`, `21.4`, ` 132`; wider only from
 * 10,000 on. Null, not known yet, is a dash.
 */
export function formatRate(value: number | null): string {
  if (value === null) return '-'.padStart(4);
  const decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return value.toFixed(decimals).padStart(4);
}

/** A share (0 to 1) as a percentage with more digits the smaller it is: `0.04 %`, `3.1 %`, `42 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent.toFixed(percent < 0.995 ? 2 : percent < 9.95 ? 1 : 0)} %`;
}
