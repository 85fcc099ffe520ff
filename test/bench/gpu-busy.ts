import type { WebUiRequest } from '../helpers/webui-process.ts';

/** The share (0 to 1) of the time between the first start and the last end in which the server worked on a generation. */
export function gpuBusyShare(requests: readonly WebUiRequest[]): number {
  const done = requests.flatMap(({ startedAt, endedAt }) =>
    startedAt === null || endedAt === null ? [] : [{ startedAt, endedAt }],
  );
  const busyMs = done.reduce((sum, { startedAt, endedAt }) => sum + endedAt - startedAt, 0);
  const firstStart = Math.min(...done.map(({ startedAt }) => startedAt));
  const lastEnd = Math.max(...done.map(({ endedAt }) => endedAt));
  return busyMs / (lastEnd - firstStart);
}
