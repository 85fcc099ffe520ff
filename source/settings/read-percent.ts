/** Reads a percentage as people write it, `90%` or `90`, as a share; null for anything else and for what is below 10 or above 99. */
export function parsePercent(text: string): number | null {
  const match = /^(\d{2}) ?%?$/.exec(text.trim());
  const percent = Number(match?.[1]);
  return percent >= 10 ? percent / 100 : null;
}
