import * as v from 'valibot';

/** Broken UTF-8 is refused, not mended: a prompt with a replacement character is not the prompt that was sent. */
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads a line as a JSON value of the schema's shape; null when it is anything else. Fields that the schema does not know are dropped. */
export function readLine<TSchema extends v.GenericSchema>(
  schema: TSchema,
  line: Uint8Array,
): v.InferOutput<TSchema> | null {
  const parsed = v.safeParse(schema, parse(line), { abortEarly: true });
  return parsed.success ? parsed.output : null;
}

/** A value as a line. */
export function toLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

function parse(line: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(line));
  } catch {
    return undefined;
  }
}
