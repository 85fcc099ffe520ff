const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Reads how far back a list goes, ms since epoch: `45m`, `2h` or `3d` before `now`, or a day or minute in local time, `2026-11-22` or
 * `2026-11-22T21:00`. Null for anything else, a day that no calendar has included.
 */
export function parseSince(text: string, now: number): number | null {
  const span = /^(\d{1,6})([mhd])$/.exec(text.trim());
  if (span) return now - Number(span[1]) * (unitMs[span[2] ?? ''] ?? 0);
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text.trim());
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(year, month - 1, day, hour, minute, second);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null;
}
