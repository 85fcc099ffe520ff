import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import { readExifComment } from './exif-comment.ts';
import { type ImageHeader, longestInfotext, mostParts } from './image-header.ts';

const inflateAsync = promisify(inflate);

const closingChunk = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);

/** Bytes of text that are read and inflated at most, of all chunks: a file could hold a bomb in each. */
const mostText = 8 * longestInfotext;

/** What deflate can make of a byte (zlib.net/zlib_tech.html). */
const highestRatio = 1032;

/** The longest PNG keyword is 79 bytes; `parameters` is 10. */
const keyword = 'parameters';

/** Reads a PNG's header; null when it does not start as one. Metadata behind the pixels is not looked for. */
export async function readPngHeader(source: ByteSource): Promise<ImageHeader | null> {
  const start = await source.read(0, 33);
  if (start.length < 33 || start.toString('latin1', 12, 16) !== 'IHDR' || start.readUInt32BE(8) !== 13)
    return null;
  const width = start.readUInt32BE(16);
  const height = start.readUInt32BE(20);
  if (width === 0 || height === 0) return null;
  const closing = await source.read(source.byteCount - closingChunk.length, closingChunk.length);
  const { infotext, metadataByteCount } = await readText(source);
  return {
    format: 'png',
    width,
    height,
    isComplete: closing.equals(closingChunk),
    infotext,
    metadataByteCount,
  };
}

async function readText(source: ByteSource): Promise<{ infotext: string | null; metadataByteCount: number }> {
  let at = 33;
  let infotext: string | null = null;
  let exifText: string | null = null;
  let left = mostText;
  for (let part = 0; part < mostParts; part++) {
    const head = await source.read(at, 8);
    if (head.length < 8) break;
    const length = head.readUInt32BE(0);
    const type = head.toString('latin1', 4, 8);
    if (type === 'IDAT' || type === 'IEND' || at + 12 + length > source.byteCount) break;
    if (
      infotext === null &&
      length <= Math.min(longestInfotext, left) &&
      /^(tEXt|zTXt|iTXt|eXIf)$/.test(type)
    ) {
      const data = await source.read(at + 8, length);
      const isPacked = type === 'zTXt' || type === 'iTXt';
      left -= isPacked ? Math.min(longestInfotext, length * highestRatio) : length;
      if (type === 'eXIf') exifText = readExifComment(data);
      else infotext = await decodeText(type, data);
    }
    at += 12 + length;
  }
  return { infotext: infotext ?? exifText, metadataByteCount: at - 33 };
}

async function decodeText(type: string, data: Buffer): Promise<string | null> {
  if (data.toString('latin1', 0, keyword.length + 1) !== `${keyword}\0`) return null;
  const rest = data.subarray(keyword.length + 1);
  if (type === 'tEXt') return rest.toString('latin1');
  if (type === 'zTXt') return rest[0] === 0 ? inflateText(rest.subarray(1), 'latin1') : null;
  return decodeInternational(rest);
}

/** iTXt: a compression flag and method, a language and a translated keyword, each ended by NUL, then UTF-8. */
async function decodeInternational(rest: Buffer): Promise<string | null> {
  const languageEnd = rest.indexOf(0, 2);
  const translationEnd = languageEnd < 0 ? -1 : rest.indexOf(0, languageEnd + 1);
  if (translationEnd < 0) return null;
  const text = rest.subarray(translationEnd + 1);
  if (rest[0] === 0) return text.toString('utf8');
  return rest[0] === 1 && rest[1] === 0 ? inflateText(text, 'utf8') : null;
}

async function inflateText(bytes: Buffer, encoding: 'latin1' | 'utf8'): Promise<string | null> {
  try {
    return (await inflateAsync(bytes, { maxOutputLength: longestInfotext })).toString(encoding);
  } catch {
    // Broken, or a bomb: an image whose text cannot be read is still an image.
    return null;
  }
}
