import type { ByteSource } from './byte-source.ts';
import { readExifComment } from './exif-comment.ts';
import { type ImageHeader, mostParts } from './image-header.ts';

const exifSegment = 0xe1;
const startOfScan = 0xda;

/** Reads a JPEG's header; null when no frame header comes before the pixels. */
export async function readJpegHeader(source: ByteSource): Promise<ImageHeader | null> {
  let size: { readonly width: number; readonly height: number } | null = null;
  let infotext: string | null = null;
  let metadataByteCount = 0;
  let at = 2;
  for (let part = 0; part < mostParts; part++) {
    const head = await source.read(at, 4);
    if (head.length < 4 || head[0] !== 0xff) break;
    const marker = head[1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = head.readUInt16BE(2);
    if (marker === startOfScan || length < 2 || at + 2 + length > source.byteCount) break;
    if (isFrameHeader(marker)) size = readSize(await source.read(at + 4, 5));
    if (marker === exifSegment) infotext ??= readExifComment(await source.read(at + 4, length - 2));
    if (marker >= 0xe0 && marker <= 0xef) metadataByteCount += length + 2;
    at += 2 + length;
  }
  if (!size) return null;
  const closing = await source.read(source.byteCount - 2, 2);
  const isComplete = closing[0] === 0xff && closing[1] === 0xd9;
  return { format: 'jpeg', ...size, isComplete, infotext, metadataByteCount };
}

/** SOF0 to SOF15; C4, C8 and CC lie in the same range and are tables. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readSize(frame: Buffer): { width: number; height: number } | null {
  if (frame.length < 5) return null;
  const height = frame.readUInt16BE(1);
  const width = frame.readUInt16BE(3);
  return width > 0 && height > 0 ? { width, height } : null;
}
