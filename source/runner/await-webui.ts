import { setTimeout as delay } from 'node:timers/promises';
import type { Failure, Result } from '../generation/failure.ts';
import type { WebUi } from '../generation/webui.ts';
import { formatDuration } from '../presentation/durations.ts';

/** How long a WebUI that is being started is waited for, and how often it is asked meanwhile, ms. */
export type StartPatience = { readonly patienceMs: number; readonly attemptEveryMs?: number };

/** A connection that is refused costs a WebUI that starts nothing: between two attempts, ms. */
const usualAttemptEveryMs = 1_000;

/** One that answers already is left in peace while it starts (webui-api.md 10.2), so many times as long. */
const peaceFactor = 2;

/**
 * Waits until a WebUI that is being started answers `probe`, at all or with a failure that tells more; `whyNot` ends the wait as soon as
 * nothing can come of it, and `lastWords` says more where it was in vain.
 */
export async function awaitWebUi(
  probe: (signal: AbortSignal) => Promise<Result<WebUi>>,
  signal: AbortSignal,
  { patienceMs, attemptEveryMs = usualAttemptEveryMs }: StartPatience,
  { whyNot, lastWords }: { readonly whyNot: () => Failure | null; readonly lastWords: () => string },
): Promise<Result<null>> {
  const deadline = performance.now() + patienceMs;
  let pauseMs = attemptEveryMs;
  while (!signal.aborted && performance.now() < deadline) {
    await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    const ended = whyNot();
    if (ended !== null) return { ok: false, failure: ended };
    const answer = await probe(signal);
    if (answer.ok || !isOnItsWay(answer.failure)) return { ok: true, value: null };
    pauseMs = answer.failure.kind === 'unreachable' ? attemptEveryMs : peaceFactor * attemptEveryMs;
  }
  const last = lastWords();
  const detail = `it did not answer within ${formatDuration(patienceMs)}${last === '' ? '' : `: ${last}`}`;
  return { ok: false, failure: { kind: 'restart-failed', detail } };
}

const onItsWay: ReadonlySet<Failure['kind']> = new Set([
  'unreachable',
  'connection-lost',
  'starting',
  'busy',
  'server-error',
  'invalid-answer',
] as const);

/** Any other failure is an answer: the loop meets it again when it asks, and tells it. */
function isOnItsWay({ kind }: Failure): boolean {
  return onItsWay.has(kind);
}
