import type { Failure, Result } from '../generation/failure.ts';
import type { Peer } from './exchange.ts';
import { requestSuccess } from './request-json.ts';

/**
 * Asks the WebUI to restart itself (webui-api.md 2: with `--api-server-stop`). It ends before it can answer, so that a connection which ends is
 * its yes, as is the page of a proxy that lost it; an answer of its own (501) is its no.
 */
export async function restartItself(peer: Peer, signal: AbortSignal): Promise<Result<null>> {
  const asked = await requestSuccess(peer, { method: 'POST', path: '/sdapi/v1/server-restart', signal });
  if (asked.ok || hasEnded(asked.failure)) return { ok: true, value: null };
  return { ok: false, failure: { kind: 'restart-failed', detail: whyNot(asked.failure) } };
}

function hasEnded({ kind, httpStatus = 0 }: Failure): boolean {
  return kind === 'connection-lost' || httpStatus >= 502;
}

function whyNot({ kind, httpStatus, detail }: Failure): string {
  if (httpStatus === 501)
    return 'it cannot restart itself, since it was not started by its script (webui.sh)';
  if (kind === 'unreachable') return `it did not take the request to restart itself: ${detail}`;
  return `it declined to restart itself (HTTP ${httpStatus ?? 'without a status'})`;
}
