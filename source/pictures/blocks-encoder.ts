import { blockPixels, encodeBlocks } from './encode-blocks.ts';
import type { MakeEncoder } from './encoder.ts';

export const blocksEncoder: MakeEncoder = ({ hasTrueColor }) => ({
  perCell: blockPixels,
  isScaledByTerminal: false,
  encode: (pixels, _size, byteBudget) => encodeBlocks(pixels, { hasTrueColor, byteBudget }),
});
