import type { Machine } from '../machine.ts';
import type { PythonError } from '../reply.ts';

/** Lines that SD.Next keeps. */
const capacity = 100;

/** One line of SD.Next's log: a text in the shape of JSON, whose quotes are made single so that it stays one. */
export function logError({ log, clock }: Machine, error: PythonError): void {
  const now = clock.now();
  const message = `Processing: ${error.message}`.replaceAll('"', "'");
  log.push(
    `{ "asctime":"${new Date(now).toISOString()}", "created":${(now / 1000).toFixed(6)}, "pid":1, "level":"ERROR", "module":"processing_diffusers", "msg":"${message}" }`,
  );
  if (log.length > capacity) log.shift();
}

/** `GET /sdapi/v1/log`: the oldest `lines` of it (a hundred when not asked otherwise), or all for 0. */
export function readLog({ log }: Machine, query: URLSearchParams): readonly string[] {
  const count = Number(query.get('lines') ?? 100);
  return count > 0 ? log.slice(0, count) : log;
}
