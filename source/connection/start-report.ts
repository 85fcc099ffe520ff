import * as v from 'valibot';
import { readLine } from './read-line.ts';

/** What a runner's process says once, on the pipe that it was given as descriptor 3: that it answers, or why it ends. */
export type StartReport =
  | { readonly ready: true }
  /** `failed` is a sentence; `kind` names it for scripts. */
  | { readonly failed: string; readonly kind: string };

const reportSchema: v.GenericSchema<unknown, StartReport> = v.union([
  v.object({ ready: v.literal(true) }),
  v.object({ failed: v.pipe(v.string(), v.maxLength(4000)), kind: v.pipe(v.string(), v.maxLength(100)) }),
]);

/** Reads the report; null when it is none. */
export function readStartReport(line: Uint8Array): StartReport | null {
  return readLine(reportSchema, line);
}
