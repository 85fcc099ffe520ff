const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The time of day where the program runs: `14:03:21`. */
export function formatClock(at: number): string {
  return `${formatHourMinute(at)}:${two(new Date(at).getSeconds())}`;
}

/** The time of day to the minute: `14:03`. */
export function formatHourMinute(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** When a file came, in eight columns: `14:03:21` on the day of `now`, `21 Nov` in its year, `Nov 2025` before. */
export function formatFileTime(at: number, now: number): string {
  const date = new Date(at);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return formatClock(at);
  const month = months[date.getMonth()] ?? '';
  const day = `${date.getDate()} ${month}`;
  return (date.getFullYear() === today.getFullYear() ? day : `${month} ${date.getFullYear()}`).padEnd(8);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
