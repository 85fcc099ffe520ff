const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes of a file in decimal units, at most six columns: `182 kB`, `1.2 MB`, `980 B`. */
export function formatBytes(byteCount: number): string {
  let value = Math.max(0, byteCount);
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const decimals = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(decimals)} ${units[unit]}`;
}

/** Memory in use of all there is, in the binary gigabytes that graphics cards are sold by: `7.1/24 GB`. */
export function formatMemory(usedBytes: number, totalBytes: number): string {
  const gigabyte = 2 ** 30;
  return `${(usedBytes / gigabyte).toFixed(1)}/${Math.round(totalBytes / gigabyte)} GB`;
}
