import { decodedByteCount, decodeImage } from '../decode-image.ts';

/** What a poll brought as the live preview. */
export type PreviewReading =
  /** Nothing that could be shown yet. */
  | { readonly kind: 'none' }
  | { readonly kind: 'image'; readonly bytes: Uint8Array }
  | { readonly kind: 'unusable'; readonly reason: 'too-large' | 'not-an-image' };

/** A batch of 8 at 1024x1024, decoded in full and sent as PNG, takes some 12 MB. */
const mostBytes = 16 * 2 ** 20;

/** Reads `current_image`: base64 in the server's format, null until there is one (webui-api.md 5.1, 5.3). */
export function readPreview(entry: unknown): PreviewReading {
  if (entry === null || entry === undefined || entry === '') return { kind: 'none' };
  if (typeof entry === 'string' && decodedByteCount(entry) > mostBytes) {
    return { kind: 'unusable', reason: 'too-large' };
  }
  const bytes = decodeImage(entry);
  return bytes === null ? { kind: 'unusable', reason: 'not-an-image' } : { kind: 'image', bytes };
}
