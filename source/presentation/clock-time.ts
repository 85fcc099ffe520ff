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

/** The day and the time of day: `22 Nov 14:03:21`. */
export function formatDayTime(at: number): string {
  const date = new Date(at);
  return `${String(date.getDate()).padStart(2)} ${months[date.getMonth()] ?? ''} ${formatClock(at)}`;
}

/**
 * When a file came, in eight columns: `14:03:21` within a day before `now` (so that a night's files keep their time the next morning),
 * `21 Nov` in its year, `Nov 2025` before.
 */
export function formatFileTime(at: number, now: number): string {
  if (now - at < 24 * 3_600_000) return formatClock(at);
  const date = new Date(at);
  const month = months[date.getMonth()] ?? '';
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? `${date.getDate()} ${month}` : `${month} ${date.getFullYear()}`).padEnd(8);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
