import { between } from '../chance.ts';
import { type Canvas, ellipse, type Point, polygon, rectangle, ridge, verticalGradient } from './canvas.ts';
import { css, lighter, mix } from './colour.ts';
import { paintSky } from './sky.ts';

/** Open water under a low light: far islands, glitter, waves, and a sail or a lighthouse. */
export function paintSea(canvas: Canvas, hasLighthouse: boolean): string {
  const { width, height, unit, palette, chance } = canvas;
  const horizon = between(chance, 0.5, 0.64) * height;
  const radius = between(chance, 4.5, 9) * unit;
  const lightX = between(chance, 0.2, 0.8) * width;
  const sea = verticalGradient('sea', [
    [0, mix(palette.water, palette.skyLow, 0.62)],
    [0.3, mix(palette.water, palette.skyMiddle, 0.25)],
    [1, lighter(palette.water, -0.14)],
  ]);
  return [
    paintSky(canvas, { at: [lightX, horizon - radius * between(chance, 0.4, 2.6)], radius }),
    paintIslands(canvas, horizon),
    `<defs>${sea}</defs>`,
    rectangle([0, horizon], [width, height - horizon], 'url(#sea)'),
    paintGlitter(canvas, horizon, lightX, radius),
    paintWaves(canvas, horizon),
    hasLighthouse ? paintLighthouse(canvas, horizon) : paintSail(canvas, horizon),
  ].join('');
}

function paintIslands(canvas: Canvas, horizon: number): string {
  const { width, height, palette, chance } = canvas;
  return [0.25, 0.5]
    .map((closeness) => {
      const heights = ridge(chance, 90, 0.5);
      const line = heights.map(
        (value, index): Point => [
          (index / (heights.length - 1)) * width,
          horizon - Math.max(0, value - 0.25 + closeness * 0.2) * height * 0.09,
        ],
      );
      return polygon(
        [...line, [width, horizon + 1], [0, horizon + 1]],
        css(mix(palette.haze, palette.near, closeness)),
      );
    })
    .join('');
}

function paintGlitter(
  { height, palette, chance }: Canvas,
  horizon: number,
  x: number,
  radius: number,
): string {
  const strokes = Array.from({ length: 46 }, () => {
    const depth = chance() ** 1.5;
    const y = horizon + depth * (height - horizon);
    const half = radius * between(chance, 0.15, 0.75) * (0.5 + depth * 1.2);
    const at: Point = [x + between(chance, -1, 1) * radius * (0.5 + depth * 1.1), y];
    return ellipse(
      at,
      [half, Math.max(0.5, height * 0.0028 * (0.5 + depth))],
      css(palette.light),
      0.55 - depth * 0.3,
    );
  });
  return strokes.join('');
}

function paintWaves({ width, height, palette, chance }: Canvas, horizon: number): string {
  const tones = [css(mix(palette.water, palette.light, 0.4)), css(lighter(palette.water, -0.16))];
  const waves = Array.from({ length: 90 }, (_, index) => {
    const depth = chance();
    const at: Point = [chance() * width, horizon + depth ** 1.3 * (height - horizon)];
    const radii: Point = [
      width * between(chance, 0.01, 0.05) * (0.3 + depth),
      height * 0.0035 * (0.25 + depth),
    ];
    return ellipse(at, radii, tones[index % 2] ?? '', 0.22);
  });
  return waves.join('');
}

function paintSail({ width, unit, palette, chance }: Canvas, horizon: number): string {
  const size = between(chance, 5, 11) * unit;
  const [x, y] = [between(chance, 0.12, 0.88) * width, horizon + size * between(chance, 0.3, 1.1)];
  const dark = css(palette.near);
  return [
    polygon(
      [
        [x, y - size * 1.5],
        [x, y - size * 0.18],
        [x + size * 0.72, y - size * 0.18],
      ],
      css(lighter(palette.accent, 0.06)),
    ),
    polygon(
      [
        [x - size * 0.08, y - size * 1.25],
        [x - size * 0.08, y - size * 0.18],
        [x - size * 0.5, y - size * 0.18],
      ],
      css(palette.skyLow),
    ),
    polygon(
      [
        [x - size * 0.62, y - size * 0.1],
        [x + size * 0.8, y - size * 0.1],
        [x + size * 0.5, y + size * 0.12],
        [x - size * 0.42, y + size * 0.12],
      ],
      dark,
    ),
    ellipse([x, y + size * 0.2], [size * 0.9, size * 0.06], dark, 0.3),
  ].join('');
}

function paintLighthouse({ width, height, unit, palette, chance }: Canvas, horizon: number): string {
  const isLeft = chance() < 0.5;
  const x = width * (isLeft ? between(chance, 0.14, 0.26) : between(chance, 0.74, 0.86));
  const top = horizon - height * 0.3;
  const foot = horizon + height * 0.04;
  const [narrow, wide] = [unit * 2.6, unit * 4.2];
  const dark = css(palette.near);
  const stripe = (from: number, to: number): string => {
    const half = (share: number) => narrow + (wide - narrow) * share;
    const y = (share: number) => top + (foot - top) * share;
    return polygon(
      [
        [x - half(from), y(from)],
        [x + half(from), y(from)],
        [x + half(to), y(to)],
        [x - half(to), y(to)],
      ],
      css(palette.accent),
    );
  };
  const edge = isLeft ? 0 : width;
  return [
    polygon(
      [
        [edge, horizon - unit * 4],
        [x, horizon - unit * 2],
        [x + (isLeft ? 22 : -22) * unit, horizon + unit * 7],
        [x + (isLeft ? 30 : -30) * unit, horizon + unit * 12],
        [edge, horizon + unit * 16],
      ],
      dark,
    ),
    polygon(
      [
        [x, top - unit * 2],
        [isLeft ? width : 0, top - height * 0.16],
        [isLeft ? width : 0, top + height * 0.06],
      ],
      css(palette.light),
      0.28,
    ),
    polygon(
      [
        [x - narrow, top],
        [x + narrow, top],
        [x + wide, foot],
        [x - wide, foot],
      ],
      css(palette.skyLow),
    ),
    stripe(0.2, 0.42),
    stripe(0.64, 0.86),
    rectangle([x - narrow * 1.35, top - unit], [narrow * 2.7, unit * 1.2], dark),
    rectangle([x - narrow * 0.8, top - unit * 4.4], [narrow * 1.6, unit * 3.6], css(palette.light)),
    polygon(
      [
        [x - narrow, top - unit * 4.2],
        [x, top - unit * 7],
        [x + narrow, top - unit * 4.2],
      ],
      dark,
    ),
  ].join('');
}
