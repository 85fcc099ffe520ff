import type { Dispatcher, Pool } from 'undici';
import type { Access } from '../generation/access.ts';
import type { Result } from '../generation/failure.ts';
import type { SecretMask } from './mask-secrets.ts';
import { errorToFailure } from './to-failure.ts';

export type Exchange = {
  readonly method: 'GET' | 'POST';
  /** Below the base address, with its query: `/sdapi/v1/progress`. */
  readonly path: string;
  readonly body?: unknown;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
  /** Whether a lost answer leaves it open if the WebUI did the work. */
  readonly isWork?: boolean;
};

export type Answer = {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly text: string;
};

/** Where an exchange goes: the connections, what comes before each path, and the headers that let it in. */
export type Peer = {
  readonly connections: Pool;
  readonly origin: string;
  readonly basePath: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly mask: SecretMask;
};

/** One request and its whole answer, whatever its status; redirects are not followed. A failure means that no whole answer came. */
export async function exchange(peer: Peer, request: Exchange): Promise<Result<Answer>> {
  try {
    const response = await peer.connections.request({
      origin: peer.origin,
      method: request.method,
      path: peer.basePath + request.path,
      headers: headersFor(peer, request),
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal: request.signal ?? null,
    });
    const text = await response.body.text();
    const { statusCode: status, headers } = response;
    // Before it is cut, lest half of a secret stay.
    return { ok: true, value: { status, headers, text: status < 300 ? text : peer.mask.words(text) } };
  } catch (error) {
    return { ok: false, failure: errorToFailure(error, request) };
  }
}

function headersFor({ credentials }: Peer, { body }: Exchange): Record<string, string> {
  return {
    accept: 'application/json',
    // Gzip would shrink base64 by a quarter and run on the server's event loop (webui-api.md 1).
    'accept-encoding': 'identity',
    'user-agent': 'sdloop',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    // Sent unasked: A1111's 401 may lack the challenge (webui-api.md 10.3).
    ...credentials,
  };
}

/** The headers for `user:password` and what else an address asks for; an `authorization` of its own comes before the user's. */
export function credentialHeaders(auth: string | null, { headers }: Access): Record<string, string> {
  const basic = auth === null ? {} : { authorization: `Basic ${Buffer.from(auth).toString('base64')}` };
  return { ...basic, ...Object.fromEntries(headers) };
}
