import { isObject } from './pydantic.ts';
import { json, type Reply } from './reply.ts';

/** A request's body before it is understood. */
export type RawBody = { readonly bytes: Buffer; readonly contentType: string };

/** Reads a body that must be a JSON object, or gives the 422 of captures/forge/73 to 78. */
export function readJsonObject(
  body: RawBody,
): { readonly object: Record<string, unknown> } | { readonly reply: Reply } {
  const text = body.bytes.toString('utf8');
  if (text === '') {
    return unprocessable({ type: 'missing', loc: ['body'], msg: 'Field required', input: null });
  }
  const parsed = /^application\/(.+\+)?json\b/.test(body.contentType) ? parse(text) : { value: text };
  if ('problem' in parsed) {
    return unprocessable({
      type: 'json_invalid',
      loc: ['body', parsed.position],
      msg: 'JSON decode error',
      input: {},
      ctx: { error: parsed.problem },
    });
  }
  if (isObject(parsed.value)) return { object: parsed.value };
  return unprocessable({
    type: 'model_attributes_type',
    loc: ['body'],
    msg: 'Input should be a valid dictionary or object to extract fields from',
    input: parsed.value,
  });
}

function unprocessable(detail: Record<string, unknown>): { readonly reply: Reply } {
  return { reply: json({ detail: [detail] }, 422) };
}

function parse(text: string): { value: unknown } | { problem: string; position: number } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1];
    return { problem: 'Expecting value', position: position === undefined ? text.length : Number(position) };
  }
}
