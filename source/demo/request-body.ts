import type { IncomingMessage } from 'node:http';
import type { RawBody } from './json-body.ts';

const maxBodyBytes = 64 * 1024 * 1024;

/** Reads a whole body; null when it is larger than anything the API takes. */
export async function readBody(request: IncomingMessage): Promise<RawBody | null> {
  const chunks: Buffer[] = [];
  let byteCount = 0;
  for await (const chunk of request) {
    byteCount += chunk.length;
    if (byteCount > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks), contentType: request.headers['content-type'] ?? '' };
}
