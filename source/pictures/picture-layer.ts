import type { Picture } from './make-picture.ts';
import type { PictureTerminal } from './picture-protocol.ts';

export type PlacedPicture = {
  readonly key: string;
  /** Of its top left cell, from 0. */
  readonly row: number;
  readonly column: number;
  readonly picture: Picture;
};

/** Pictures over the screen that Ink draws. */
export type PictureLayer = {
  /** Given to Ink's render as stdout. */
  readonly stdout: NodeJS.WriteStream;
  /** Puts pictures at these cells, replacing what was placed before; only what is new or was hit by Ink's writing is sent again. */
  place(pictures: readonly PlacedPicture[]): void;
  /** Takes all away (leaving, overlay, suspend). */
  clear(): void;
  /** Bytes of pictures sent so far. */
  readonly sentByteCount: number;
};

export function createPictureLayer(stdout: NodeJS.WriteStream, _terminal: PictureTerminal): PictureLayer {
  let sentByteCount = 0;
  return {
    stdout,
    place(pictures) {
      for (const { row, column, picture } of pictures) {
        stdout.write(`\u001b[${row + 1};${column + 1}H${picture.data}`);
        sentByteCount += picture.byteCount;
      }
    },
    clear() {},
    get sentByteCount() {
      return sentByteCount;
    },
  };
}
