import { loadSharp } from './load-sharp.ts';
import { isPictureFormat } from './picture-format.ts';
import { type CellSize, fitCells, type Pixels } from './pixels.ts';

/** Pixels that are decoded at most; more would hold a thread for seconds and take hundreds of megabytes. */
const mostPixels = 100e6;

const mostSeconds = 15;

/** More never fits into a budget, where the terminal enlarges what it is sent. */
const mostPixelsSent = 1e6;

/** A picture's pixels as they fill the cells they are to have. */
export type DecodedPicture = { readonly size: CellSize; readonly pixels: Pixels };

export type PixelGrid = {
  readonly area: CellSize;
  readonly cell: { readonly width: number; readonly height: number };
  /** Pixels wanted in each cell. */
  readonly perCell: { readonly width: number; readonly height: number };
  /** Whether fewer pixels will do where the file has no more. */
  readonly isScaledByTerminal: boolean;
};

/** Decodes and shrinks on sharp's threads: the first frame, upright, without its alpha; or the reason why that cannot be. */
export async function decodePicture(bytes: Uint8Array, grid: PixelGrid): Promise<DecodedPicture | string> {
  if (bytes.length === 0) return 'the file is empty';
  // libvips would also draw documents and vector graphics, which can refer to other files.
  if (!isPictureFormat(bytes)) return 'not a picture';
  const sharp = await loadSharp();
  if (sharp === null) return 'sharp cannot be loaded: install sdloop again';
  try {
    const image = sharp(bytes, {
      limitInputPixels: mostPixels,
      failOn: 'truncated',
      sequentialRead: true,
      pages: 1,
    }).timeout({ seconds: mostSeconds });
    const { autoOrient } = await image.metadata();
    const size = fitCells(autoOrient, grid.area, grid.cell);
    const { width, height } = pixelsFor(size, grid, autoOrient);
    const rgb = await image
      .autoOrient()
      .resize(width, height, { fit: 'fill' })
      .flatten({ background: '#000' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer();
    return { size, pixels: { width, height, rgb } };
  } catch (error) {
    return reasonOf(error);
  }
}

function pixelsFor(
  size: CellSize,
  grid: PixelGrid,
  file: { readonly width: number; readonly height: number },
) {
  const width = size.columns * grid.perCell.width;
  const height = size.rows * grid.perCell.height;
  if (!grid.isScaledByTerminal) return { width, height };
  const inFile = Math.max(file.width / width, file.height / height);
  const scale = Math.min(1, inFile, Math.sqrt(mostPixelsSent / (width * height)));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** libvips says what is wrong in words of its own, which name its functions. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/exceeds pixel limit/i.test(message)) return `more than ${mostPixels / 1e6} megapixels`;
  if (/timeout/i.test(message)) return `not decoded within ${mostSeconds} s`;
  if (/memory/i.test(message)) return 'not enough memory to decode it';
  return 'broken or cut short';
}
