import { mostParts } from './image-header.ts';

const exifDirectoryTag = 0x8769;
const userCommentTag = 0x9286;
const byteTypes: readonly number[] = [1, 2, 7];

/** Reads UserComment from an EXIF block (with or without its `Exif\0\0` mark); null when there is none that makes sense. */
export function readExifComment(block: Buffer): string | null {
  const tiff = block.toString('latin1', 0, 6) === 'Exif\0\0' ? block.subarray(6) : block;
  const order = tiff.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return null;
  const reader = tiffReader(tiff, order === 'II');
  const first = reader.u32(4);
  if (first === null) return null;
  const comment = findEntry(reader, first, userCommentTag);
  if (comment) return decodeComment(tiff, comment);
  const exif = findEntry(reader, first, exifDirectoryTag);
  const nested = exif && findEntry(reader, exif.value, userCommentTag);
  return nested ? decodeComment(tiff, nested) : null;
}

type TiffReader = { u16(offset: number): number | null; u32(offset: number): number | null };
type Entry = {
  readonly type: number;
  readonly count: number;
  readonly value: number;
  readonly valueAt: number;
};

function tiffReader(tiff: Buffer, isLittleEndian: boolean): TiffReader {
  const fits = (offset: number, size: number) => offset >= 0 && offset + size <= tiff.length;
  return {
    u16: (offset) =>
      !fits(offset, 2) ? null : isLittleEndian ? tiff.readUInt16LE(offset) : tiff.readUInt16BE(offset),
    u32: (offset) =>
      !fits(offset, 4) ? null : isLittleEndian ? tiff.readUInt32LE(offset) : tiff.readUInt32BE(offset),
  };
}

function findEntry(reader: TiffReader, directoryAt: number, tag: number): Entry | null {
  const entryCount = Math.min(reader.u16(directoryAt) ?? 0, mostParts);
  for (let index = 0; index < entryCount; index++) {
    const at = directoryAt + 2 + index * 12;
    if (reader.u16(at) !== tag) continue;
    const type = reader.u16(at + 2);
    const count = reader.u32(at + 4);
    const value = reader.u32(at + 8);
    return type === null || count === null || value === null ? null : { type, count, value, valueAt: at + 8 };
  }
  return null;
}

function decodeComment(tiff: Buffer, entry: Entry): string | null {
  if (!byteTypes.includes(entry.type)) return null;
  const start = entry.count <= 4 ? entry.valueAt : entry.value;
  const bytes = tiff.subarray(start, start + entry.count);
  if (bytes.length < 8 || bytes.length !== entry.count) return null;
  const text = bytes.subarray(8);
  const code = bytes.toString('latin1', 0, 8);
  if (code === 'UNICODE\0') return decodeUtf16(text);
  return code === 'ASCII\0\0\0' || code === '\0'.repeat(8) ? text.toString('utf8').replace(/\0+$/, '') : null;
}

/**
 * The byte order is not stored: piexif, which A1111 uses, writes big-endian whatever the block's own order is. An infotext always holds
 * ASCII words, whose high bytes are zero, so the half with more zeros is the high one.
 */
function decodeUtf16(bytes: Buffer): string {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const zeros = [0, 0];
  for (let index = 0; index < even.length; index++) {
    if (even[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const isBigEndian = (zeros[0] ?? 0) >= (zeros[1] ?? 0);
  const littleEndian = isBigEndian ? Buffer.from(even).swap16() : even;
  return littleEndian
    .toString('utf16le')
    .replace(/^\ufeff/, '')
    .replace(/\0+$/, '');
}
