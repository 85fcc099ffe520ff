import { decodePicture } from './decode-picture.ts';
import { blockPixels, encodeBlocks } from './encode-blocks.ts';
import type { PictureTerminal } from './picture-protocol.ts';
import type { CellSize } from './pixels.ts';
import { openPictureFile } from './read-picture-file.ts';
import { createWishQueue } from './wish-queue.ts';

/** A picture as a terminal draws it. */
export type Picture = {
  readonly columns: number;
  readonly rows: number;
  /** Bytes that draw it with the cursor at its top left cell, where they leave it. */
  readonly data: string;
  /** What removes it where cells that are overwritten do not (kitty); else ''. */
  readonly remove: string;
  readonly byteCount: number;
};

/** Why there is none, as a short phrase for its place. */
export type NoPicture = { readonly reason: string };

/** Makes pictures for one terminal. */
export type PictureMaker = {
  /**
   * The file as a picture that fits into `columns` x `rows` cells, keeping its proportions; answers NoPicture for whatever cannot be drawn.
   * Never throws for file contents.
   */
  make(path: string, size: CellSize, signal?: AbortSignal): Promise<Picture | NoPicture>;
  /** The same for bytes in memory. */
  makeFromBytes(bytes: Uint8Array, size: CellSize, signal?: AbortSignal): Promise<Picture | NoPicture>;
  close(): void;
};

export type PictureMakerOptions = {
  readonly terminal: PictureTerminal;
  /** Where what was made is kept; null keeps nothing. */
  readonly cacheDirectory: string | null;
  /** Bytes of one picture. */
  readonly byteBudget?: number;
};

const defaultByteBudget = 20_000;

/** More would only compete for the same cores. */
const decodingsAtOnce = 2;

export function createPictureMaker(options: PictureMakerOptions): PictureMaker {
  const { terminal, byteBudget = defaultByteBudget } = options;
  const queue = createWishQueue(decodingsAtOnce);

  async function encode(bytes: Uint8Array, area: CellSize): Promise<Picture | NoPicture> {
    const decoded = await decodePicture(bytes, {
      area,
      cell: { width: terminal.cellWidth, height: terminal.cellHeight },
      perCell: blockPixels,
    });
    if (typeof decoded === 'string') return { reason: decoded };
    const data = encodeBlocks(decoded.pixels, { hasTrueColor: terminal.hasTrueColor, byteBudget });
    return { ...decoded.size, data, remove: '', byteCount: Buffer.byteLength(data) };
  }

  async function inTurn(wish: () => Promise<Picture | NoPicture>, signal: AbortSignal | undefined) {
    if (terminal.protocol === 'off') return { reason: 'pictures are off' };
    try {
      return await queue.perform(wish, signal);
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') return { reason: 'no longer wanted' };
      throw error;
    }
  }

  return {
    make: (path, size, signal) =>
      inTurn(async () => {
        const file = await openPictureFile(path);
        if (typeof file === 'string') return { reason: file };
        await using opened = file;
        return encode(await opened.read(), size);
      }, signal),
    makeFromBytes: (bytes, size, signal) => inTurn(() => encode(bytes, size), signal),
    close() {},
  };
}
