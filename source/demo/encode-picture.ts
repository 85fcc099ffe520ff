import sharp, { type Sharp } from 'sharp';
import { withPngText } from './png-text.ts';
import { PythonError } from './reply.ts';

/** Turns a plain PNG into what the WebUI writes or sends: with its infotext, in the format of its options. */
export async function encodePicture(
  png: Buffer,
  how: { readonly format: string; readonly infotext: string | null; readonly quality: number },
): Promise<Buffer> {
  switch (how.format.toLowerCase()) {
    case 'png':
      return how.infotext === null ? png : withPngText(png, 'parameters', how.infotext);
    case 'jpg':
    case 'jpeg':
      return withUserComment(sharp(png).jpeg({ quality: how.quality }), how.infotext);
    case 'webp':
      return withUserComment(sharp(png).webp({ quality: how.quality }), how.infotext);
    default:
      throw new PythonError('HTTPException', 'Invalid image format');
  }
}

const asciiPrefix = 'ASCII\0\0\0';
const unicodePrefix = 'UNICODE\0';

/**
 * Writes the infotext as the EXIF comment in UTF-16 (webui-api.md 9.7). libvips can only write ASCII there, so a comment of
 * the same length is written first and then replaced in place.
 */
async function withUserComment(picture: Sharp, infotext: string | null): Promise<Buffer> {
  if (infotext === null) return picture.toBuffer();
  const comment = Buffer.from(infotext, 'utf16le').swap16();
  const placeholder = 'x'.repeat(comment.length);
  const bytes = await picture.withExif({ IFD2: { UserComment: placeholder } }).toBuffer();
  const start = bytes.indexOf(asciiPrefix + placeholder);
  bytes.write(unicodePrefix, start, 'latin1');
  comment.copy(bytes, start + unicodePrefix.length);
  return bytes;
}
