import type { Failure } from '../generation/failure.ts';
import { isRefusal } from './to-failure.ts';

/** How long a WebUI that was down may answer 404 before its API counts as switched off (webui-api.md 10.2), ms. */
const graceMs = 180_000;

/** What a starting WebUI is left in peace, ms: its API comes some seconds after its port, and it dislikes being asked often (10.2). */
const restMs = 2_000;

/**
 * Tells a WebUI that starts from one whose API is off: both say 404, but the first was away or has answered before. Keeps requests
 * from a starting one: one that comes between two steps of A1111's start ends its process ("Cannot add middleware after an
 * application has started", webui-api.md 10.2), so after a refusal the port is tried first, and the API only at the next attempt.
 */
export class Startup {
  #hasAnswered = false;
  /** When the trouble began that no answer has ended yet. */
  #troubleAt: number | null = null;
  #isPortFirst = false;

  /** Whether the next attempt is to try the port and send nothing. */
  get isPortFirst(): boolean {
    return this.#isPortFirst;
  }

  portOpened(): Failure {
    this.#isPortFirst = false;
    return { kind: 'starting', detail: 'its port is open', retryAfterMs: restMs };
  }

  answered(): void {
    this.#hasAnswered = true;
    this.#troubleAt = null;
    this.#isPortFirst = false;
  }

  /** The failure as it is to be told, now that it is known what came before it; `now` in ms of any clock that only grows. */
  failed(failure: Failure, now: number): Failure {
    const isAway = failure.kind === 'unreachable' || failure.kind === 'connection-lost';
    // Being away may last; the grace is for what comes after.
    if (isAway) this.#troubleAt = now;
    else if (this.#hasAnswered) this.#troubleAt ??= now;
    if (isRefusal(failure)) this.#isPortFirst = true;
    const isStarting =
      failure.kind === 'api-off' && this.#troubleAt !== null && now - this.#troubleAt < graceMs;
    return isStarting ? { ...failure, kind: 'starting', retryAfterMs: restMs } : failure;
  }
}
