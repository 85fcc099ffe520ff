import type { Failure, FailureKind } from '../generation/failure.ts';
import { cutText } from './cut-text.ts';
import { type ErrorBody, readErrorBody } from './error-body.ts';
import type { Answer } from './exchange.ts';
import { readRetryAfter } from './retry-after.ts';

export type StatusContext = {
  /** Whether the WebUI was to do work that it may have done all the same. */
  readonly isWork?: boolean;
  /** Whether the answer's text may hold secrets (`/options`, `/cmd-flags`) and must not be quoted. */
  readonly isSecret?: boolean;
  /** Statuses with which this family refuses an answer after the work was done. */
  readonly statusesAfterWork?: readonly number[];
};

/** What an answer with another status than 2xx means (webui-api.md 10.1). */
export function statusToFailure(
  answer: Answer,
  { isWork = false, isSecret = false, statusesAfterWork = [] }: StatusContext,
): Failure {
  const isCertificateMissing = wantsCertificate(answer);
  const body = isSecret ? { name: '', message: '' } : readErrorBody(answer.text);
  const kind = isCertificateMissing ? 'unauthorised' : kindOf(answer, body);
  const retryAfterMs = readRetryAfter(answer.headers['retry-after']);
  return {
    kind,
    detail: detailOf(kind, answer, body),
    httpStatus: answer.status,
    ...(isCertificateMissing ? { isAboutCertificate: true } : {}),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    ...(isWork && (statusesAfterWork.includes(answer.status) || mayHaveRun(answer, body))
      ? { mayHaveRun: true }
      : {}),
  };
}

function kindOf({ status }: Answer, body: ErrorBody): FailureKind {
  if (status >= 300 && status < 400) return 'not-a-webui';
  if (status === 401 || status === 403 || status === 407) return 'unauthorised';
  if (/^Sampler not found/i.test(body.message)) return 'unknown-sampler';
  if (status === 404 || status === 405 || status === 501) return 'api-off';
  if (status === 429) return 'rate-limited';
  if (status === 503) return /not ready|starting|loading/i.test(body.message) ? 'starting' : 'busy';
  if (status === 408) return 'server-error';
  if (status === 500) return kindOfException(body);
  return status < 500 ? 'rejected' : 'server-error';
}

/** nginx's page for a missing or unknown client certificate, which it asks for and does not insist on in the handshake. */
function wantsCertificate({ status, text }: Answer): boolean {
  return status === 400 && /<title>400 [^<]*SSL certificate/i.test(text);
}

function kindOfException({ name, message }: ErrorBody): FailureKind {
  if (name === 'OutOfMemoryError' || /out of memory|not enough memory/i.test(message)) return 'out-of-memory';
  if (name === 'NansException' || /tensor with (?:all )?NaNs/i.test(message)) return 'nan';
  if (/^(?:No checkpoints found|You do not have any model)/i.test(message)) return 'no-checkpoint';
  if (/^(?:model '.*' not found|Could not find checkpoint)/i.test(message)) return 'unknown-checkpoint';
  if (/No space left on device/i.test(message)) return 'disk-full';
  if (name === 'PermissionError') return 'directory-unwritable';
  // KoboldCpp's word for values of the wrong type (webui-api.md 7.5).
  if (message === 'Error parsing input.') return 'rejected';
  return 'server-error';
}

/** A proxy gives up before the WebUI does; and an image that cannot be encoded for the answer was made and perhaps saved. */
function mayHaveRun({ status }: Answer, { message }: ErrorBody): boolean {
  const isFromProxy = status === 408 || status === 502 || status >= 504;
  return isFromProxy || /Invalid image format/i.test(message);
}

function detailOf(kind: FailureKind, { headers }: Answer, { name, message }: ErrorBody): string {
  if (kind === 'not-a-webui') return describeRedirect(headers.location);
  if (kind === 'server-error' && name !== '' && message !== '') return cutText(`${name}: ${message}`);
  return message || name;
}

/**
 * Names the host only: the rest of such an address can carry a token. None is followed, not even to the same host: what proxies send
 * there is their page for the login, and what a WebUI itself has moved is a mistake in the address.
 */
function describeRedirect(location: string | string[] | undefined): string {
  const target = typeof location === 'string' ? URL.parse(location) : null;
  return target
    ? `it redirects to ${cutText(target.origin)}, where nothing is sent`
    : 'it redirects to a page of its own, as one does that wants a login';
}
