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

/** A starting WebUI is left in peace (webui-api.md 10.2): between two probes, ms. */
const usualProbeEveryMs = 2_000;

/** Restarts by a person's command and waits until the WebUI answers, as long as `patienceMs`. */
export function createRestarter(
  command: RestartCommand,
  options: { readonly patienceMs: number; readonly probeEveryMs?: number },
): Restart {
  const { patienceMs, probeEveryMs = usualProbeEveryMs } = options;
  return async (probe, signal) => {
    const run = await command.run(signal);
    if (!run.ok) return run;
    const deadline = performance.now() + patienceMs;
    while (!signal.aborted && performance.now() < deadline) {
      await delay(probeEveryMs, undefined, { signal }).catch(() => undefined);
      const ended = command.whyEnded();
      if (ended !== null) return { ok: false, failure: ended };
      const answer = await probe(signal);
      if (answer.ok || !isOnItsWay(answer.failure)) return { ok: true, value: null };
    }
    const last = command.lastWords();
    const detail = `it did not answer within ${formatDuration(patienceMs)}${last === '' ? '' : `: ${last}`}`;
    return { ok: false, failure: { kind: 'restart-failed', detail } };
  };
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
