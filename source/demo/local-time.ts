function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** The server's local day, `2026-11-22`: the name of the folder that images go to. */
export function dayOf(at: number): string {
  const time = new Date(at);
  return `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
}

/** The server's local time as `20261122195143`: A1111's job timestamp. */
export function jobTimestampOf(at: number): string {
  const time = new Date(at);
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(pad).join('');
  return `${dayOf(at).replaceAll('-', '')}${clock}`;
}
