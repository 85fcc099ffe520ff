import * as v from 'valibot';
import { firstLine } from './cut-text.ts';

/** What an answer with an error status says for itself. */
export type ErrorBody = {
  /** The Python class of the exception, or empty. */
  readonly name: string;
  /** One line, or empty. */
  readonly message: string;
};

const text = v.fallback(v.optional(v.string(), ''), '');

/**
 * The shapes of webui-api.md 10.1 and 7.1. The text is in `errors` (A1111), `message` (Forge), `detail` (FastAPI) or `detail.msg`
 * (KoboldCpp); `body` is never read, since Forge puts all its flags with their passwords there (13.4).
 */
const bodySchema = v.object({
  error: text,
  errors: text,
  message: text,
  detail: v.fallback(
    v.union([
      v.string(),
      v.array(v.object({ loc: v.array(v.union([v.string(), v.number()])), msg: v.string() })),
      v.object({ msg: v.string() }),
    ]),
    '',
  ),
});

export function readErrorBody(body: string): ErrorBody {
  const read = v.safeParse(bodySchema, parseJson(body));
  if (!read.success) return { name: '', message: firstLine(titleOf(body) ?? body) };
  const { error, errors, message, detail } = read.output;
  // An answer that failed its own validation quotes the values that failed, which may be flags (webui-api.md 13.4).
  if (error === 'ResponseValidationError') return { name: error, message: '' };
  return { name: firstLine(error), message: firstLine(errors || message || describeDetail(detail)) };
}

function describeDetail(detail: v.InferOutput<typeof bodySchema>['detail']): string {
  if (typeof detail === 'string') return detail;
  if (!Array.isArray(detail)) return detail.msg;
  return detail.map(({ loc, msg }) => `${fieldName(loc)}: ${msg}`).join('; ');
}

/** `["body", "width"]` is `width` to a person. */
function fieldName(loc: readonly (string | number)[]): string {
  const within = loc[0] === 'body' ? loc.slice(1) : loc;
  return within.length > 0 ? within.join('.') : 'the request';
}

/** A proxy's error page says in its title what its body says at length; pages without one say nothing to a person. */
function titleOf(body: string): string | null {
  if (!/^\s*<(?:!doctype|html|head|body|center)\b/i.test(body)) return null;
  return /<title[^>]*>([^<]*)</i.exec(body)?.[1] ?? '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
