import { chooseStep } from './choose-step.ts';
import type { MakeEncoder } from './encoder.ts';
import { loadSharp } from './load-sharp.ts';
import { sharpOf, shrinkPixels } from './shrink-pixels.ts';

const steps = [
  { scale: 1, quality: 85 },
  { scale: 1, quality: 75 },
  { scale: 1, quality: 65 },
  { scale: 1, quality: 55 },
  { scale: 0.8, quality: 60 },
  { scale: 0.8, quality: 50 },
  { scale: 0.65, quality: 55 },
  { scale: 0.65, quality: 45 },
  { scale: 0.5, quality: 50 },
  { scale: 0.5, quality: 40 },
  { scale: 0.35, quality: 45 },
  { scale: 0.25, quality: 45 },
  { scale: 0.18, quality: 40 },
  { scale: 0.12, quality: 40 },
  { scale: 0.08, quality: 40 },
  { scale: 0.05, quality: 40 },
  { scale: 0.03, quality: 40 },
] as const;

/** The sequence around the picture, at most. */
const overhead = 120;

/** JPEGs, in base64. */
export const iterm2Encoder: MakeEncoder = ({ cellWidth, cellHeight }) => {
  let guess = 0;
  return {
    perCell: { width: cellWidth, height: cellHeight },
    isScaledByTerminal: true,
    async encode(pixels, _size, byteBudget) {
      const sharp = await loadSharp();
      if (sharp === null) throw new Error('sharp has gone since it decoded this picture.');
      const { encoded, index } = await chooseStep(steps, {
        byteBudget,
        guess,
        async encode({ scale, quality }) {
          const small = await shrinkPixels(sharp, pixels, scale);
          const jpeg = await sharpOf(sharp, small).jpeg({ quality, mozjpeg: true }).toBuffer();
          const body = jpeg.toString('base64');
          return { body, byteCount: body.length + overhead };
        },
      });
      guess = index;
      return encoded.body;
    },
  };
};
