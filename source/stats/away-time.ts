/** What tells of a WebUI's absences in one run; times are ms since epoch, in any order. */
export type Absences = {
  /** It was seen to be away: the first after an end begins an absence. */
  readonly awayAt: readonly number[];
  /** It was seen to be there. */
  readonly thereAt: readonly number[];
  /** The run's last sign of life. */
  readonly untilAt: number;
};

/** How long a WebUI was away, ms: from the first sign that it is to the first that it is there again. */
export function awayMsOf({ awayAt, thereAt, untilAt }: Absences): number {
  const signs = [
    ...awayAt.map((at) => ({ at, isThere: false })),
    ...thereAt.map((at) => ({ at, isThere: true })),
  ].sort((one, other) => one.at - other.at || Number(other.isThere) - Number(one.isThere));
  let since: number | null = null;
  let sum = 0;
  for (const { at, isThere } of signs) {
    if (isThere && since !== null) sum += at - since;
    since = isThere ? null : (since ?? at);
  }
  return since === null ? sum : sum + Math.max(0, untilAt - since);
}
