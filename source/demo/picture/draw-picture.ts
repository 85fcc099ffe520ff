import sharp from 'sharp';
import { chanceFrom, hashText } from '../chance.ts';
import { type Canvas, radialGradient, rectangle } from './canvas.ts';
import { paintCity } from './city.ts';
import { colour } from './colour.ts';
import { demoMark } from './demo-mark.ts';
import { paintDunes } from './dunes.ts';
import { paintFlow } from './flow.ts';
import { paintForest } from './forest.ts';
import { paintMountains } from './mountains.ts';
import { palettes } from './palette.ts';
import { paintSea } from './sea.ts';
import { paintSpace } from './space.ts';
import { applyStyle } from './style.ts';
import { chooseSubject, type Subject } from './subject.ts';
import { paintWeather } from './weather.ts';

/** What a picture is drawn from; the same gives the same bytes. Sizes in pixels. */
export type PictureRequest = {
  readonly prompt: string;
  readonly seed: number;
  readonly checkpoint: string;
  readonly width: number;
  readonly height: number;
};

/** Draws a picture as a PNG without any text chunk. It is a drawing, not diffusion, and carries a mark that says so. */
export async function drawPicture(request: PictureRequest): Promise<Buffer> {
  const svg = Buffer.from(composePicture(request));
  return sharp(svg).flatten().png({ compressionLevel: 6 }).toBuffer();
}

function composePicture({ prompt, seed, checkpoint, width, height }: PictureRequest): string {
  const chance = chanceFrom((hashText(prompt) ^ Math.imul(seed, 0x9e3779b1)) >>> 0);
  const subject = chooseSubject(prompt, chance);
  const palette = applyStyle(palettes[subject.mood], checkpoint);
  const canvas: Canvas = { width, height, unit: Math.min(width, height) / 100, palette, chance };
  const vignette = radialGradient('vignette', [
    [0.6, colour(0, 0, 0), 0],
    [1, colour(0, 0, 0), 0.4],
  ]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    paintScene(canvas, subject),
    paintWeather(canvas, subject.weather),
    `<defs>${vignette}</defs>`,
    rectangle([0, 0], [width, height], 'url(#vignette)', 0.4),
    demoMark(width, height),
    '</svg>',
  ].join('');
}

function paintScene(canvas: Canvas, subject: Subject): string {
  switch (subject.scene) {
    case 'mountains':
      return paintMountains(canvas);
    case 'sea':
      return paintSea(canvas, subject.hasLighthouse);
    case 'dunes':
      return paintDunes(canvas);
    case 'forest':
      return paintForest(canvas);
    case 'city':
      return paintCity(canvas);
    case 'flow':
      return paintFlow(canvas);
    case 'space':
      return paintSpace(canvas);
  }
}
