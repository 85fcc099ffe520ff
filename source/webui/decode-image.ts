/** The image file in an entry of an answer's `images`, or null when it is none: PNG, JPEG and WebP are told by their first bytes. */
export function decodeImage(entry: unknown): Uint8Array | null {
  if (typeof entry !== 'string') return null;
  const comma = endOfPrefix(entry);
  // The beginning alone tells an image from the long texts that extensions may append.
  const beginning = Buffer.from(entry.slice(comma + 1, comma + 25), 'base64');
  return isImage(beginning) ? Buffer.from(entry.slice(comma + 1), 'base64') : null;
}

/** How many bytes the base64 in an entry comes to at most, without decoding it. */
export function decodedByteCount(entry: string): number {
  return Math.ceil(((entry.length - endOfPrefix(entry) - 1) * 3) / 4);
}

/** Where a data URI's own words end; -1 where there are none. */
function endOfPrefix(entry: string): number {
  return entry.startsWith('data:') ? entry.indexOf(',') : -1;
}

function isImage(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  return (
    text.startsWith('\x89PNG\r\n\x1a\n') ||
    text.startsWith('\xff\xd8\xff') ||
    (text.startsWith('RIFF') && text.startsWith('WEBP', 8))
  );
}
