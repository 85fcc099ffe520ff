import type { Failure } from '../generation/failure.ts';
import { isRefusal } from './to-failure.ts';

/** How long a WebUI that was down may answer 404 before its API counts as switched off (webui-api.md 10.2), ms. */
const graceMs = 180_000;

/** What a starting WebUI is left in peace, ms: its API comes some seconds after its port, and it dislikes being asked often (10.2). */
const restMs = 2_000;

/**
 * Remembers that nothing listened. A request between two steps of A1111's start ends its process ("Cannot add middleware after an
 * application has started", webui-api.md 10.2), so after a refusal the port is tried first, and the API only at the next attempt.
 */
export class Startup {
  #refusedAt: number | null = null;
  #isOpen = false;

  /** Whether the next attempt is to try the port and send nothing. */
  get isPortFirst(): boolean {
    return this.#refusedAt !== null && !this.#isOpen;
  }

  portOpened(): Failure {
    this.#isOpen = true;
    return { kind: 'starting', detail: 'its port is open', retryAfterMs: restMs };
  }

  answered(): void {
    this.#refusedAt = null;
    this.#isOpen = false;
  }

  /** The failure as it is to be told, now that it is known what came before it; `now` in ms of any clock that only grows. */
  failed(failure: Failure, now: number): Failure {
    if (isRefusal(failure)) {
      this.#refusedAt = now;
      this.#isOpen = false;
      return failure;
    }
    const isStarting =
      failure.kind === 'api-off' && this.#refusedAt !== null && now - this.#refusedAt < graceMs;
    return isStarting ? { ...failure, kind: 'starting', retryAfterMs: restMs } : failure;
  }
}
