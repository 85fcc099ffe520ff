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
      return withComment(sharp(png), how.infotext).jpeg({ quality: how.quality }).toBuffer();
    case 'webp':
      return withComment(sharp(png), how.infotext).webp({ quality: how.quality }).toBuffer();
    default:
      throw new PythonError('HTTPException', 'Invalid image format');
  }
}

/** Infotexts of other formats stand in the EXIF comment (webui-api.md 9.7). */
function withComment(picture: Sharp, infotext: string | null): Sharp {
  return infotext === null ? picture : picture.withExif({ IFD2: { UserComment: infotext } });
}
