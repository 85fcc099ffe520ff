const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A span of time in its two largest units: `8 s`, `12 m 05 s`, `6 h 12 m`, `3 d 04 h`; below zero counts as zero. */
export function formatDuration(ms: number): string {
  const rounded = Math.round(Math.max(0, ms) / second) * second;
  if (rounded < minute) return `${rounded / second} s`;
  if (rounded < hour) return pair(rounded, minute, 'm', second, 's');
  return formatMinutes(rounded);
}

/** Like `formatDuration` without seconds, so that it changes once a minute: `0 m`, `12 m`, `6 h 12 m`, `3 d 04 h`. */
export function formatMinutes(ms: number): string {
  const rest = Math.max(0, ms);
  if (rest < hour) return `${Math.floor(rest / minute)} m`;
  return rest < day ? pair(rest, hour, 'h', minute, 'm') : pair(rest, day, 'd', hour, 'h');
}

/** A short span with tenths: `0.4 s`, `2.7 s`, `98.1 s`; from 100 s on like `formatDuration`. */
export function formatSeconds(ms: number): string {
  const tenths = Math.round(Math.max(0, ms) / 100);
  return tenths < 1000 ? `${(tenths / 10).toFixed(1)} s` : formatDuration(ms);
}

function pair(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = String(Math.floor((ms % large) / small)).padStart(2, '0');
  return `${Math.floor(ms / large)} ${largeUnit} ${rest} ${smallUnit}`;
}
