const unitBytes: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

/** Reads an amount of space in bytes: `2GB`, `500 MB`, `1.5g`, `2GiB`, `0`; null for anything else. */
export function parseByteCount(text: string): number | null {
  const match = /^(\d{1,15}(?:\.\d{1,3})?) ?(|[kmgt]i?)b?$/i.exec(text.trim());
  if (match === null) return null;
  return Math.round(Number(match[1]) * (unitBytes[(match[2] ?? '').toLowerCase()] ?? 1));
}
