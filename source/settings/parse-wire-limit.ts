/** A proxy that waited less would cut every other generation; one that waits an hour cuts none, ms. */
const shortestMs = 10_000;
const longestMs = 3_600_000;

/** Reads `100s`, `2m` or `100` (seconds) as ms; null for anything else and for what no proxy has. */
export function parseWireLimit(text: string): number | null {
  const match = /^(\d{1,5})(s|m)?$/.exec(text.trim());
  if (!match) return null;
  const ms = Number(match[1]) * (match[2] === 'm' ? 60_000 : 1000);
  return ms >= shortestMs && ms <= longestMs ? ms : null;
}
