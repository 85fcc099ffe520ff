import { chooseStep } from './choose-step.ts';
import { encodeSixel, sixelRows } from './encode-sixel.ts';
import type { MakeEncoder } from './encoder.ts';
import { loadSharp } from './load-sharp.ts';
import { type ColourChoice, quantise } from './quantise.ts';
import { shrinkPixels } from './shrink-pixels.ts';
import { createSlices } from './slices.ts';

type Step = ColourChoice & { readonly block: number };

/** The terminal enlarges nothing, so that fewer pixels become squares: long runs of like colours are the better way to save at first. */
const steps: readonly Step[] = [
  { block: 1, colourCount: 128, tolerance: 0 },
  { block: 1, colourCount: 64, tolerance: 0 },
  { block: 1, colourCount: 48, tolerance: 0 },
  { block: 1, colourCount: 48, tolerance: 300 },
  { block: 1, colourCount: 32, tolerance: 600 },
  { block: 1, colourCount: 32, tolerance: 1500 },
  { block: 1, colourCount: 24, tolerance: 1500 },
  { block: 2, colourCount: 32, tolerance: 600 },
  { block: 2, colourCount: 24, tolerance: 1500 },
  { block: 2, colourCount: 16, tolerance: 1500 },
  { block: 2, colourCount: 16, tolerance: 3000 },
  { block: 3, colourCount: 16, tolerance: 1500 },
  { block: 3, colourCount: 16, tolerance: 3000 },
  { block: 3, colourCount: 16, tolerance: 5000 },
  { block: 6, colourCount: 32, tolerance: 300 },
  { block: 6, colourCount: 16, tolerance: 600 },
  { block: 6, colourCount: 16, tolerance: 3000 },
  { block: 12, colourCount: 32, tolerance: 300 },
  { block: 12, colourCount: 16, tolerance: 1500 },
  { block: 24, colourCount: 16, tolerance: 600 },
  { block: 36, colourCount: 16, tolerance: 600 },
  { block: 60, colourCount: 8, tolerance: 600 },
];

export const sixelEncoder: MakeEncoder = ({ cellWidth, cellHeight }) => {
  let guess = 0;
  return {
    perCell: { width: cellWidth, height: cellHeight },
    isScaledByTerminal: false,
    async encode(pixels, _size, byteBudget) {
      const sharp = await loadSharp();
      if (sharp === null) throw new Error('sharp has gone since it decoded this picture.');
      const slices = createSlices();
      // A last band that is not whole would reach into the row of cells below, in terminals that draw bands as they are.
      const height = Math.max(1, pixels.height - (pixels.height % sixelRows));
      const { encoded, index } = await chooseStep(steps, {
        byteBudget,
        guess,
        async encode(step) {
          const small = await shrinkPixels(sharp, pixels, 1 / step.block);
          const body = await encodeSixel(
            await quantise(small, step, slices),
            step.block,
            { width: pixels.width, height },
            slices,
          );
          return { body, byteCount: body.length };
        },
      });
      guess = index;
      return encoded.body;
    },
  };
};
