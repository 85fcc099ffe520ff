import { chooseStep } from './choose-step.ts';
import { encodePng } from './encode-png.ts';
import type { MakeEncoder } from './encoder.ts';
import { kittyOverhead } from './kitty.ts';
import { loadSharp } from './load-sharp.ts';
import { type ColourChoice, quantise } from './quantise.ts';
import { shrinkPixels } from './shrink-pixels.ts';
import { createSlices } from './slices.ts';

type Step = ColourChoice & { readonly scale: number };

/** Kitty smooths what it enlarges: fewer pixels show less than fewer colours, once there are about 64. */
const steps: readonly Step[] = [
  { scale: 1, colourCount: 256, tolerance: 0 },
  { scale: 1, colourCount: 128, tolerance: 0 },
  { scale: 1, colourCount: 64, tolerance: 0 },
  { scale: 0.8, colourCount: 128, tolerance: 0 },
  { scale: 0.8, colourCount: 64, tolerance: 0 },
  { scale: 0.65, colourCount: 128, tolerance: 0 },
  { scale: 0.65, colourCount: 64, tolerance: 0 },
  { scale: 0.5, colourCount: 128, tolerance: 0 },
  { scale: 0.5, colourCount: 64, tolerance: 0 },
  { scale: 0.5, colourCount: 48, tolerance: 200 },
  { scale: 0.4, colourCount: 64, tolerance: 0 },
  { scale: 0.4, colourCount: 48, tolerance: 200 },
  { scale: 0.33, colourCount: 48, tolerance: 0 },
  { scale: 0.25, colourCount: 48, tolerance: 0 },
  { scale: 0.2, colourCount: 32, tolerance: 0 },
  { scale: 0.15, colourCount: 32, tolerance: 0 },
  { scale: 0.1, colourCount: 32, tolerance: 0 },
  { scale: 0.07, colourCount: 16, tolerance: 0 },
  { scale: 0.05, colourCount: 16, tolerance: 0 },
  { scale: 0.03, colourCount: 16, tolerance: 0 },
];

/** PNGs with a palette, in base64: kitty takes nothing that is smaller. */
export const kittyEncoder: MakeEncoder = (terminal) => {
  let guess = 0;
  return {
    perCell: { width: terminal.cellWidth, height: terminal.cellHeight },
    isScaledByTerminal: true,
    async encode(pixels, size, byteBudget) {
      const sharp = await loadSharp();
      if (sharp === null) throw new Error('sharp has gone since it decoded this picture.');
      const slices = createSlices();
      const { encoded, index } = await chooseStep(steps, {
        byteBudget,
        guess,
        async encode(step) {
          const indexed = await quantise(await shrinkPixels(sharp, pixels, step.scale), step, slices);
          const body = (await encodePng(indexed)).toString('base64');
          return { body, byteCount: body.length + kittyOverhead(body.length, size, terminal.isTmux) };
        },
      });
      guess = index;
      return encoded.body;
    },
  };
};
