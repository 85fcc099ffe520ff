import type * as v from 'valibot';
import type { Result } from '../generation/failure.ts';
import { type Answer, type Exchange, exchange, type Peer } from './exchange.ts';
import { type StatusContext, statusToFailure } from './status-to-failure.ts';
import { checkShape } from './wire/check-shape.ts';

export type JsonRequest = Exchange & StatusContext;

/** An exchange whose answer has status 2xx; another status is the failure that it means. */
export async function requestSuccess(peer: Peer, request: JsonRequest): Promise<Result<Answer>> {
  const result = await exchange(peer, request);
  if (!result.ok || (result.value.status >= 200 && result.value.status < 300)) return result;
  return { ok: false, failure: statusToFailure(result.value, request) };
}

/**
 * GETs data and reads it by a schema. Asked once more at once when the connection ends before an answer: an idle one may have been
 * closed by the WebUI in the same moment (webui-api.md 1), and asking twice harms nothing.
 */
export async function getJson<TSchema extends v.GenericSchema>(
  peer: Peer,
  request: Omit<JsonRequest, 'method' | 'body' | 'isWork'>,
  schema: TSchema,
): Promise<Result<v.InferOutput<TSchema>>> {
  const ask = () => requestSuccess(peer, { ...request, method: 'GET' });
  let result = await ask();
  if (!result.ok && result.failure.kind === 'connection-lost' && !request.signal?.aborted)
    result = await ask();
  if (!result.ok) return result;
  const json = parseAnswer(result.value);
  return json.ok ? checkShape(schema, json.value) : json;
}

/** The JSON in an answer's body; what it is in place of JSON is told, its text is not. */
export function parseAnswer({ text, headers }: Answer): Result<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, failure: { kind: 'invalid-answer', detail: describeOther(text, headers) } };
  }
}

function describeOther(text: string, headers: Answer['headers']): string {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return 'compressed, though that was not asked for';
  if (text.trim() === '') return 'an empty answer';
  if (/^\s*</.test(text)) return 'a web page in place of JSON';
  return /^\s*[[{"]/.test(text) ? 'JSON that breaks off or is damaged' : 'not JSON';
}
