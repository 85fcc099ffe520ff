const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** Reads a length of time as people write it, ms: `90s`, `10m`, `1h`; null for anything else, and for nothing. */
export function parseSpan(text: string): number | null {
  const match = /^(\d{1,6}) ?([smh])$/.exec(text.trim());
  const ms = Number(match?.[1]) * (unitMs[match?.[2] ?? ''] ?? 0);
  return ms > 0 ? ms : null;
}
