import type { Preview } from '../presentation/preview.ts';
import type { ServerMessage } from './protocol.ts';

type PreviewMessage = Extract<ServerMessage, { type: 'preview' }>;

/** Larger previews are made smaller before they are sent, bytes; as base64 a third more. */
export const maxPreviewByteCount = 1_048_576;

/** A preview as a message; null for none. */
export function toPreviewMessage(preview: Preview | null): PreviewMessage {
  if (preview === null) return { type: 'preview', preview: null };
  const { generationId, at, bytes } = preview;
  const image = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return { type: 'preview', preview: { generationId, at, image } };
}

/** What a message tells. */
export function previewOf({ preview }: PreviewMessage): Preview | null {
  if (preview === null) return null;
  const { generationId, at, image } = preview;
  return { generationId, at, bytes: Buffer.from(image, 'base64') };
}
