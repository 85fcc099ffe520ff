import { between } from '../chance.ts';
import {
  type Canvas,
  ellipse,
  groundBelow,
  type Point,
  polygon,
  rectangle,
  ridge,
  verticalGradient,
} from './canvas.ts';
import { css, lighter, mix } from './colour.ts';
import { paintSky } from './sky.ts';

/** Trunks and crowns in four depths of mist, and light falling through. */
export function paintForest(canvas: Canvas): string {
  const { width, height, unit, palette, chance } = canvas;
  const light = {
    at: [between(chance, 0.25, 0.75) * width, between(chance, 0.12, 0.32) * height] as const,
    radius: between(chance, 5, 9) * unit,
  };
  const parts = [paintSky(canvas, light)];
  for (const closeness of [0.12, 0.38, 0.68, 1]) {
    const tone = mix(mix(palette.haze, palette.skyLow, 0.3), palette.near, closeness);
    parts.push(paintCrowns(canvas, css(tone), closeness), paintTrunks(canvas, css(tone), closeness));
    const floor = height * (0.74 + 0.17 * closeness);
    parts.push(
      polygon(groundBelow(canvas, ridge(chance, 60, 0.45), floor, height * 0.02), css(lighter(tone, 0.02))),
    );
    if (closeness < 0.5) parts.push(paintRays(canvas, light.at), paintMist(canvas, closeness));
  }
  return parts.join('');
}

function paintTrunks({ width, height, unit, chance }: Canvas, tone: string, closeness: number): string {
  const count = Math.round(20 - 12 * closeness);
  const trunks = Array.from({ length: count }, (_, index) => {
    const x = ((index + between(chance, -0.4, 1.4)) / count) * width;
    const half = unit * (0.5 + 2.2 * closeness ** 1.5) * between(chance, 0.7, 1.3);
    const lean = between(chance, -1.5, 1.5) * unit;
    const floor = height * (0.78 + 0.17 * closeness);
    return polygon(
      [
        [x - half, floor],
        [x - half * 0.6 + lean, -2],
        [x + half * 0.6 + lean, -2],
        [x + half, floor],
        [x + half * 1.7, floor + unit * 2],
        [x - half * 1.7, floor + unit * 2],
      ],
      tone,
    );
  });
  return trunks.join('');
}

function paintCrowns({ width, height, unit, chance }: Canvas, tone: string, closeness: number): string {
  const crowns = Array.from({ length: 26 }, () => {
    const size = unit * between(chance, 5, 11) * (0.6 + closeness * 0.7);
    const at: Point = [chance() * width, chance() ** 1.8 * height * 0.26 - size * 0.35];
    return ellipse(at, [size, size * between(chance, 0.5, 0.8)], tone, 0.75);
  });
  return crowns.join('');
}

function paintRays({ width, height, palette, chance }: Canvas, [x, y]: Point): string {
  const rays = Array.from({ length: 5 }, (_, index) => {
    const foot = x + (index - 2 + between(chance, -0.35, 0.35)) * width * 0.2;
    const half = width * between(chance, 0.02, 0.05);
    return polygon(
      [
        [x, y],
        [foot - half, height * 0.95],
        [foot + half, height * 0.95],
      ],
      css(palette.light),
      0.09,
    );
  });
  return rays.join('');
}

function paintMist({ width, height, palette }: Canvas, closeness: number): string {
  const id = `mist${Math.round(closeness * 100)}`;
  const mist = verticalGradient(id, [
    [0, palette.skyLow, 0],
    [0.7, palette.skyLow, 0.45],
    [1, palette.skyLow, 0.1],
  ]);
  return `<defs>${mist}</defs>${rectangle([0, height * 0.35], [width, height * 0.6], `url(#${id})`, 0.8)}`;
}
