import type { PictureTerminal } from './picture-protocol.ts';
import type { CellSize, Pixels } from './pixels.ts';

/** Turns pixels into what one protocol carries; what is put around it when it is drawn is not part of that. */
export type Encoder = {
  /** Pixels that are wanted in each cell. */
  readonly perCell: { readonly width: number; readonly height: number };
  /** Whether the terminal makes the picture as large as its cells: then no more pixels are sent than the file has. */
  readonly isScaledByTerminal: boolean;
  encode(pixels: Pixels, size: CellSize, byteBudget: number): Promise<string>;
};

export type MakeEncoder = (terminal: PictureTerminal) => Encoder;
