import type { FailureKind } from '../generation/failure.ts';

/**
 * What is done about a failure of a request:
 * `retry` sends the same generation again, with growing delays, for as long as it takes;
 * `make-room` sends it again too, each time with less to hold at once, until there is nothing less to ask for;
 * `replace` makes others in place of its images with the next generation, once;
 * `wake` interrupts the WebUI, then lets go of it and looks again, then asks (watch-for-hang.ts);
 * `give-up` lets this generation go and takes the next, until several in a row were given up;
 * `ask` stops until a person has changed something, since trying again cannot help.
 */
export type FailurePolicy =
  | { readonly action: 'retry'; readonly delaysMs: readonly number[] }
  | { readonly action: 'make-room'; readonly delaysMs: readonly number[] }
  | { readonly action: 'replace' }
  | { readonly action: 'wake' }
  | { readonly action: 'give-up' }
  | { readonly action: 'ask' };

const seconds = (...values: number[]) => values.map((value) => value * 1000);

/** The last delay repeats; each kind counts its own. A refusal costs nothing, so it is asked again soon; a starting server is left in peace (webui-api.md 10.2). */
export const failurePolicies: Readonly<Record<FailureKind, FailurePolicy>> = {
  unreachable: { action: 'retry', delaysMs: seconds(1, 2, 3, 5, 8, 10) },
  starting: { action: 'retry', delaysMs: seconds(3, 3, 4, 5, 8) },
  'api-off': { action: 'retry', delaysMs: seconds(3, 5, 8, 10) },
  'not-a-webui': { action: 'retry', delaysMs: seconds(3, 5, 10, 15) },
  'restart-failed': { action: 'retry', delaysMs: seconds(10, 30, 60, 180) },
  'memory-low': { action: 'retry', delaysMs: seconds(5, 15, 30, 60) },
  busy: { action: 'retry', delaysMs: seconds(2, 3, 5, 8, 15) },
  'rate-limited': { action: 'retry', delaysMs: seconds(5, 10, 20, 40, 60) },
  'server-error': { action: 'retry', delaysMs: seconds(2, 4, 8, 15, 30, 60) },
  'connection-lost': { action: 'retry', delaysMs: seconds(1, 2, 4, 8, 15) },
  'invalid-answer': { action: 'retry', delaysMs: seconds(1, 3, 8, 20, 60) },
  // SD.Next and KoboldCpp say no more than that while they load a model, and when they fail (webui-api.md 7.4, 7.5).
  'no-images': { action: 'retry', delaysMs: seconds(2, 4, 8, 15, 30, 60) },
  'answer-too-large': { action: 'give-up' },
  'out-of-memory': { action: 'make-room', delaysMs: seconds(2, 5, 10, 20, 30) },
  'disk-full': { action: 'retry', delaysMs: seconds(5, 10, 20, 30, 60) },
  // Told of by the watch on the disk, never by a request.
  'low-space': { action: 'retry', delaysMs: seconds(10) },
  nan: { action: 'replace' },
  'black-image': { action: 'replace' },
  'images-missing': { action: 'give-up' },
  'wrong-checkpoint': { action: 'replace' },
  hung: { action: 'wake' },
  unauthorised: { action: 'ask' },
  'no-checkpoint': { action: 'ask' },
  'unknown-checkpoint': { action: 'ask' },
  'unknown-sampler': { action: 'ask' },
  'unknown-scheduler': { action: 'ask' },
  rejected: { action: 'ask' },
  'directory-unwritable': { action: 'ask' },
};

/** So many generations given up in a row are no accident: a person must look. */
export const maxGivenUpInARow = 3;

/** The delay before the next attempt, ms, after `failureCount` failures of the kind since all went well (from 1); never sooner than the server asks for. */
export function retryDelayMs(
  delaysMs: readonly number[],
  failureCount: number,
  retryAfterMs: number | undefined,
): number {
  const usual = delaysMs[Math.min(failureCount, delaysMs.length) - 1] ?? 1000;
  return Math.max(usual, Math.min(retryAfterMs ?? 0, 10 * 60_000));
}
