/** A longer wait than this is a mistake or a trap; timers of Node overflow at 24 days. */
const longestMs = 3_600_000;

/** Reads a `Retry-After` header, seconds or a date (RFC 9110 10.2.3), as ms from now; null when there is none. */
export function readRetryAfter(header: string | string[] | undefined): number | null {
  if (typeof header !== 'string') return null;
  const waitMs = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(waitMs, 0), longestMs);
}
