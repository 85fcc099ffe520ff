import { between } from '../chance.ts';
import { type Canvas, type Point, polygon, rectangle, verticalGradient } from './canvas.ts';
import { css, lighter, mix } from './colour.ts';
import { paintSky } from './sky.ts';

/** A skyline in three depths above its reflection, with lit windows. */
export function paintCity(canvas: Canvas): string {
  const { width, height, unit, palette, chance } = canvas;
  const shore = height * between(chance, 0.76, 0.84);
  const light = {
    at: [between(chance, 0.15, 0.85) * width, between(chance, 0.16, 0.36) * height] as const,
    radius: between(chance, 5, 10) * unit,
  };
  const towers = [0.2, 0.55, 1].map((closeness) => paintTowers(canvas, shore, closeness)).join('');
  const water = verticalGradient('quay', [
    [0, mix(palette.water, palette.skyLow, 0.3), 0.55],
    [1, lighter(palette.water, -0.1), 0.95],
  ]);
  return [
    paintSky(canvas, light),
    towers,
    rectangle([0, shore], [width, height - shore], css(mix(palette.water, palette.skyMiddle, 0.3))),
    `<g transform="translate(0 ${Math.round(shore * 1.5)}) scale(1 -0.5)">${towers}</g>`,
    `<defs>${water}</defs>`,
    rectangle([0, shore], [width, height - shore], 'url(#quay)'),
    rectangle([0, shore - 1], [width, unit * 0.7], css(lighter(palette.near, -0.04))),
  ].join('');
}

function paintTowers(canvas: Canvas, shore: number, closeness: number): string {
  const { width, height, unit, palette, chance } = canvas;
  const tone = css(mix(palette.haze, palette.near, closeness));
  const parts: string[] = [];
  let x = -unit * 3;
  while (x < width) {
    const breadth = unit * between(chance, 5, 13);
    const tallness = height * between(chance, 0.14, 0.52) * (1.05 - closeness * 0.45);
    const top = shore - tallness;
    parts.push(rectangle([x, top], [breadth, tallness], tone), paintRoof(canvas, [x, top], breadth, tone));
    if (closeness > 0.3) parts.push(paintWindows(canvas, [x, top], [breadth, tallness], closeness));
    x += breadth + unit * between(chance, -1, 2.5);
  }
  return parts.join('');
}

function paintRoof({ unit, chance }: Canvas, [x, top]: Point, breadth: number, tone: string): string {
  const kind = chance();
  const middle = x + breadth / 2;
  if (kind < 0.25) return rectangle([middle - unit * 0.2, top - unit * 6], [unit * 0.4, unit * 6], tone);
  if (kind < 0.45)
    return polygon(
      [
        [x, top + 1],
        [middle, top - breadth * 0.45],
        [x + breadth, top + 1],
      ],
      tone,
    );
  if (kind < 0.7) return rectangle([x + breadth * 0.2, top - unit * 2], [breadth * 0.6, unit * 2.2], tone);
  return '';
}

function paintWindows(
  { unit, palette, chance }: Canvas,
  [x, top]: Point,
  [breadth, tallness]: Point,
  closeness: number,
): string {
  const [column, row] = [unit * 1.9, unit * 2.6];
  const litShare = palette.skyMiddle.l < 0.5 ? 0.45 : 0.16;
  const windows: string[] = [];
  for (let across = unit; across < breadth - unit * 1.2; across += column) {
    for (let down = unit * 1.6; down < tallness - row; down += row) {
      if (chance() > litShare) continue;
      windows.push(
        `M${Math.round((x + across) * 10) / 10} ${Math.round((top + down) * 10) / 10}h${Math.round(unit * 9) / 10}v${Math.round(unit * 12) / 10}h-${Math.round(unit * 9) / 10}z`,
      );
    }
  }
  return `<path d="${windows.join('')}" fill="${css(palette.accent)}" opacity="${closeness > 0.8 ? 0.9 : 0.5}"/>`;
}
