import type { ByteSource } from './byte-source.ts';
import { readExifComment } from './exif-comment.ts';
import { type ImageHeader, longestInfotext, mostParts } from './image-header.ts';

type Size = { readonly width: number; readonly height: number };

/** Reads a WebP's header; null when the first chunk tells no size. */
export async function readWebpHeader(source: ByteSource): Promise<ImageHeader | null> {
  const start = await source.read(0, 12);
  if (start.length < 12) return null;
  const end = 8 + start.readUInt32LE(4);
  let size: Size | null = null;
  let infotext: string | null = null;
  let metadataByteCount = 0;
  let at = 12;
  for (let part = 0; part < mostParts; part++) {
    const head = await source.read(at, 18);
    if (head.length < 8) break;
    const type = head.toString('latin1', 0, 4);
    const length = head.readUInt32LE(4);
    size ??= readSize(type, head, await source.read(at + 8, 10));
    if (type === 'EXIF' && length <= longestInfotext && at + 8 + length <= source.byteCount) {
      infotext ??= readExifComment(await source.read(at + 8, length));
      metadataByteCount += 8 + length;
    }
    at += 8 + length + (length % 2);
  }
  if (!size) return null;
  return {
    format: 'webp',
    ...size,
    isComplete: end >= 20 && source.byteCount >= end,
    infotext,
    metadataByteCount,
  };
}

function readSize(type: string, head: Buffer, data: Buffer): Size | null {
  if (head.length < 18 || data.length < 10) return null;
  switch (type) {
    case 'VP8X':
      return { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 };
    case 'VP8 ': {
      const hasStartCode = data[3] === 0x9d && data[4] === 0x01 && data[5] === 0x2a;
      const size = { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
      return hasStartCode && size.width > 0 && size.height > 0 ? size : null;
    }
    case 'VP8L': {
      if (data[0] !== 0x2f) return null;
      const bits = data.readUInt32LE(1);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    default:
      return null;
  }
}
