import { errors } from 'undici';
import { type Failure, silence } from '../generation/failure.ts';
import { certificateAlert } from './certificate-alert.ts';
import { ConnectError } from './connections.ts';
import { cutText } from './cut-text.ts';

type Request = {
  readonly signal?: AbortSignal | undefined;
  readonly isWork?: boolean;
};

/**
 * What went wrong between sending and the end of the answer, told by undici's and Node's error codes, which only this file knows.
 * Anything else is a bug and is thrown again.
 */
export function errorToFailure(error: unknown, { signal, isWork = false }: Request): Failure {
  const open = isWork ? { mayHaveRun: true } : {};
  if (signal?.aborted) return { ...givenUp(signal.reason, isWork), ...open };
  const alert = certificateAlert(codeOf(error instanceof ConnectError ? error.cause : error));
  if (alert !== null) return { kind: 'unauthorised', detail: alert, isAboutCertificate: true };
  if (error instanceof ConnectError) {
    return { kind: 'unreachable', detail: describeConnectError(error.cause) };
  }
  // Undici's parser leaves some of its errors without a code.
  const code = error instanceof errors.HTTPParserError ? 'HPE_' : codeOf(error);
  if (code === undefined) throw error;
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return { kind: 'answer-too-large', detail: '', ...open };
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return { kind: 'invalid-answer', detail: 'what came is not HTTP', ...open };
  }
  if (isLostConnection(error, code)) return { kind: 'connection-lost', detail: code, ...open };
  throw error;
}

/** The system's errors on a socket, TLS alerts that come after the handshake, and undici's own. */
function isLostConnection(error: unknown, code: string): boolean {
  const isOfSystem = error instanceof Error && 'syscall' in error;
  return isOfSystem || /^(?:ERR_SSL_|ERR_TLS_|EPROTO$|ECONNRESET$|EPIPE$)/.test(code) || endings.has(code);
}

const endings = new Set([
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_INFO',
  'UND_ERR_ABORTED',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]);

/** A question that is not answered in time is no WebUI's answer; work that we stop waiting for is a lost answer. */
function givenUp(reason: unknown, isWork: boolean): Failure {
  const isTimeout = reason instanceof Error && reason.name === 'TimeoutError';
  if (isTimeout && !isWork) return { kind: 'unreachable', detail: silence };
  return { kind: 'connection-lost', detail: isTimeout ? silence : 'the wait was ended' };
}

/** Whether the failure says that a machine answers at the address and no program listens: it may be about to start. */
export function isRefusal({ kind, detail }: Failure): boolean {
  return kind === 'unreachable' && detail === describeCode('ECONNREFUSED');
}

function describeConnectError(error: unknown): string {
  const code = codeOf(error) ?? '';
  const known = describeCode(code);
  if (known !== null) return known;
  const message = error instanceof Error ? error.message : '';
  return cutText(code === '' || message.includes(code) ? message : `${message} (${code})`);
}

function describeCode(code: string): string | null {
  const words = connectErrors[code];
  return words === undefined ? null : `${words} (${code})`;
}

const connectErrors: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed at once',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the network',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS: write http:// in place of https://',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS: write http:// in place of https://',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself: if it is yours, name it with --ca-file',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is signed by an unknown authority: if it is yours, name it with --ca-file',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is signed by an unknown authority: if it is yours, name it with --ca-file',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return error.code;
}
