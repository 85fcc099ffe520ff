const keyPattern = /^[\p{L}\p{N}_][\p{L}\p{N}_ /-]*$/u;

/**
 * Reads `key: value, key: value`; values may be JSON strings. Pieces that are no pair are passed over, and the first of
 * two equal keys counts. One pass, whatever the line: it may come from anybody's file.
 */
export function parsePairs(line: string): Map<string, string> {
  const pairs = new Map<string, string>();
  let position = 0;
  let colon = 0;
  while (position < line.length) {
    const comma = indexOrEnd(line, ',', position);
    if (colon <= position) colon = indexOrEnd(line, ':', position);
    if (colon >= comma) {
      position = comma + 1;
      continue;
    }
    const { value, end } = readValue(line, colon + 1, comma);
    const key = line.slice(position, colon).trim();
    if (keyPattern.test(key) && !pairs.has(key)) pairs.set(key, value);
    position = end + 1;
  }
  return pairs;
}

/** Writes pairs so that `parsePairs` reads them back; those without a value are left out. */
export function formatPairs(pairs: readonly (readonly [key: string, value: string | null])[]): string {
  return pairs.flatMap(([key, value]) => (value === null ? [] : [`${key}: ${quote(value)}`])).join(', ');
}

/** A1111 quotes values with a comma, colon or line break; a value that only looks quoted or is padded would not survive either. */
function quote(value: string): string {
  return /[,:\n\r]|^["\s]|\s$/.test(value) ? JSON.stringify(value) : value;
}

/** The value that starts at `from`, and the index of the comma (or the end) that closes it. */
function readValue(line: string, from: number, comma: number): { value: string; end: number } {
  const closing = /\s*"(?:[^"\\]|\\.)*"\s*(?=,|$)/suy;
  closing.lastIndex = from;
  const quoted = closing.exec(line)?.[0];
  if (quoted !== undefined) return { value: unquote(quoted.trim()), end: from + quoted.length };
  return { value: line.slice(from, comma).trim(), end: comma };
}

function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

function indexOrEnd(line: string, character: string, from: number): number {
  const index = line.indexOf(character, from);
  return index < 0 ? line.length : index;
}
