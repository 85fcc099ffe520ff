import { crc32 } from 'node:zlib';

const signatureAndHeaderLength = 8 + 25;

/**
 * Puts a text chunk right behind the header of a PNG, as Pillow does for the infotext: tEXt where Latin-1 holds every
 * character, else iTXt in UTF-8 (webui-api.md 9.7).
 */
export function withPngText(png: Buffer, keyword: string, text: string): Buffer {
  return Buffer.concat([
    png.subarray(0, signatureAndHeaderLength),
    textChunk(keyword, text),
    png.subarray(signatureAndHeaderLength),
  ]);
}

function textChunk(keyword: string, text: string): Buffer {
  const isLatin1 = !/[^\u0000-\u00ff]/.test(text);
  if (isLatin1) return chunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'));
  // Behind the keyword: not compressed, method 0, no language, no translated keyword.
  return chunk(
    'iTXt',
    Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')]),
  );
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
