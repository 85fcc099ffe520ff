import { setTimeout as delay } from 'node:timers/promises';
import type { Failure, Result } from '../generation/failure.ts';
import type { WebUi } from '../generation/webui.ts';
import { formatDuration } from '../presentation/durations.ts';
import type { RestartCommand } from './restart-command.ts';

/** Restarts the WebUI and resolves once it answers `probe`, or with why it does not; `signal` ends the wait. */
export type Restart = (
  probe: (signal: AbortSignal) => Promise<Result<WebUi>>,
  signal: AbortSignal,
) => Promise<Result<null>>;

/** Restarts the WebUI, and tells when the one that was started has ended. */
export type Restarter = {
  readonly restart: Restart;
  follow(listener: (failure: Failure) => void): void;
};

/** A connection that is refused costs a WebUI that starts nothing: between two attempts, ms. */
const usualAttemptEveryMs = 1_000;

/** One that answers already is left in peace while it starts (webui-api.md 10.2), so many times as long. */
const peaceFactor = 2;

/** Restarts by a person's command and waits until the WebUI answers, as long as `patienceMs`. */
export function createRestarter(
  command: RestartCommand,
  options: { readonly patienceMs: number; readonly attemptEveryMs?: number },
): Restarter {
  const { patienceMs, attemptEveryMs = usualAttemptEveryMs } = options;
  const restart: Restart = async (probe, signal) => {
    const run = await command.run(signal);
    if (!run.ok) return run;
    const deadline = performance.now() + patienceMs;
    let pauseMs = attemptEveryMs;
    while (!signal.aborted && performance.now() < deadline) {
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
      const ended = command.whyEnded();
      if (ended !== null) return { ok: false, failure: ended };
      const answer = await probe(signal);
      if (answer.ok || !isOnItsWay(answer.failure)) return { ok: true, value: null };
      pauseMs = answer.failure.kind === 'unreachable' ? attemptEveryMs : peaceFactor * attemptEveryMs;
    }
    const last = command.lastWords();
    const detail = `it did not answer within ${formatDuration(patienceMs)}${last === '' ? '' : `: ${last}`}`;
    return { ok: false, failure: { kind: 'restart-failed', detail } };
  };
  return { restart, follow: command.follow };
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
