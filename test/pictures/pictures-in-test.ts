import sharp from 'sharp';
import { drawPicture } from '../../source/demo/picture/draw-picture.ts';
import type { NoPicture, Picture } from '../../source/pictures/make-picture.ts';
import type { PictureProtocol, PictureTerminal } from '../../source/pictures/picture-protocol.ts';

export function terminalOf(
  protocol: PictureProtocol,
  others: Partial<PictureTerminal> = {},
): PictureTerminal {
  return { protocol, cellWidth: 10, cellHeight: 20, isTmux: false, hasTrueColor: true, ...others };
}

/** A drawing with edges, gradients and small things. */
export function drawing(width: number, height: number): Promise<Buffer> {
  return drawPicture({
    prompt: 'a lighthouse by the sea at dusk',
    seed: 7,
    checkpoint: 'demo-landscape',
    width,
    height,
  });
}

/** As hard to compress as pictures come. */
export function noise(width: number, height: number): Promise<Buffer> {
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .png()
    .toBuffer();
}

/** The picture; fails with the reason where there is none. */
export function made(result: Picture | NoPicture): Picture {
  if ('reason' in result) throw new Error(`There is no picture: ${result.reason}.`);
  return result;
}
