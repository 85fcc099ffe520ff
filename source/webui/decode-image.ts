/** The image file in an entry of an answer's `images`, or null when it is none: PNG, JPEG and WebP are told by their first bytes. */
export function decodeImage(entry: unknown): Uint8Array | null {
  if (typeof entry !== 'string') return null;
  const comma = entry.startsWith('data:') ? entry.indexOf(',') : -1;
  // The beginning alone tells an image from the long texts that extensions may append.
  const beginning = Buffer.from(entry.slice(comma + 1, comma + 25), 'base64');
  return isImage(beginning) ? Buffer.from(entry.slice(comma + 1), 'base64') : null;
}

function isImage(bytes: Buffer): boolean {
  const text = bytes.toString('latin1');
  return (
    text.startsWith('\x89PNG\r\n\x1a\n') ||
    text.startsWith('\xff\xd8\xff') ||
    (text.startsWith('RIFF') && text.startsWith('WEBP', 8))
  );
}
