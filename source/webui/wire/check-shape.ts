import * as v from 'valibot';
import type { Result } from '../../generation/failure.ts';
import { cutText } from '../cut-text.ts';

/**
 * Reads outside data by a schema. A wrong shape becomes `invalid-answer` whose detail names the field, such as
 * `info.all_seeds.0: expected number`; the value itself is left out, since options and flags hold secrets.
 */
export function checkShape<TSchema extends v.GenericSchema>(
  schema: TSchema,
  input: unknown,
  within = '',
): Result<v.InferOutput<TSchema>> {
  const parsed = v.safeParse(schema, input, { abortEarly: true });
  if (parsed.success) return { ok: true, value: parsed.output };
  const [issue] = parsed.issues;
  const path = [within, v.getDotPath(issue)].filter(Boolean).join('.') || 'the answer';
  return { ok: false, failure: { kind: 'invalid-answer', detail: cutText(`${path}${trouble(issue)}`) } };
}

function trouble(issue: v.BaseIssue<unknown>): string {
  if (issue.kind === 'validation') return ` ${issue.message}`;
  return issue.received === 'undefined' ? ': missing' : `: expected ${issue.expected ?? 'another value'}`;
}
