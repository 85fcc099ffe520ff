import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A real PNG of one colour without metadata. */
export async function makePng(width = 16, height = 8, background = '#4488cc'): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

/** A PNG that says what an A1111 infotext would of its seed. */
export async function makeInfotextPng(seed: number, prompt = 'a lighthouse'): Promise<Buffer> {
  return withChunk(await makePng(), 'tEXt', Buffer.from(`parameters\0${infotextOf(seed, prompt)}`, 'latin1'));
}

export function infotextOf(seed: number, prompt = 'a lighthouse'): string {
  return `${prompt}\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: ${seed}, Size: 16x8, Model: dream`;
}

/** Puts a chunk behind the header chunk. */
export function withChunk(png: Buffer, type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

export const compressed = (text: string | Buffer) => deflateSync(text);

/** An EXIF block whose UserComment is written as piexif does for A1111: UTF-16, big-endian unless told otherwise. */
export function exifWithComment(text: string, options: { isLittleEndianText?: boolean } = {}): Buffer {
  const utf16 = Buffer.from(text, 'utf16le');
  const comment = Buffer.concat([
    Buffer.from('UNICODE\0', 'latin1'),
    options.isLittleEndianText ? utf16 : utf16.swap16(),
  ]);
  const tiff = Buffer.alloc(44);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  writeDirectory(tiff, 8, { tag: 0x8769, type: 4, count: 1, value: 26 });
  writeDirectory(tiff, 26, { tag: 0x9286, type: 7, count: comment.length, value: 44 });
  return Buffer.concat([tiff, comment]);
}

function writeDirectory(
  tiff: Buffer,
  at: number,
  entry: { tag: number; type: number; count: number; value: number },
): void {
  tiff.writeUInt16BE(1, at);
  tiff.writeUInt16BE(entry.tag, at + 2);
  tiff.writeUInt16BE(entry.type, at + 4);
  tiff.writeUInt32BE(entry.count, at + 6);
  tiff.writeUInt32BE(entry.value, at + 10);
}

/** A JPEG with an EXIF segment right behind its start. */
export async function makeJpeg(exif: Buffer | null = null): Promise<Buffer> {
  const jpeg = await sharp({ create: { width: 24, height: 8, channels: 3, background: '#993355' } })
    .jpeg()
    .toBuffer();
  if (!exif) return jpeg;
  const data = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}

/** A lossless, extended WebP with an EXIF chunk at its end. */
export async function makeWebp(exif: Buffer): Promise<Buffer> {
  const plain = await sharp({ create: { width: 20, height: 10, channels: 3, background: '#339955' } })
    .webp({ lossless: true })
    .toBuffer();
  const extended = Buffer.alloc(18);
  extended.write('VP8X', 0, 'latin1');
  extended.writeUInt32LE(10, 4);
  extended[8] = 0x08;
  extended.writeUIntLE(19, 12, 3);
  extended.writeUIntLE(9, 15, 3);
  const padded = exif.length % 2 === 0 ? exif : Buffer.concat([exif, Buffer.alloc(1)]);
  const head = Buffer.alloc(8);
  head.write('EXIF', 0, 'latin1');
  head.writeUInt32LE(exif.length, 4);
  const webp = Buffer.concat([plain.subarray(0, 12), extended, plain.subarray(12), head, padded]);
  webp.writeUInt32LE(webp.length - 8, 4);
  return webp;
}
