import { between } from '../chance.ts';
import { type Canvas, ellipse, type Point, radialGradient, rectangle, verticalGradient } from './canvas.ts';
import { css, lighter, mix } from './colour.ts';
import { paintStars } from './sky.ts';

/** Clouds of light, stars, and a planet with a ring or a moon. */
export function paintSpace(canvas: Canvas): string {
  const { width, height, palette, chance } = canvas;
  const deep = lighter(palette.skyTop, -Math.max(0, palette.skyTop.l - 0.2));
  const parts = [
    `<defs>${verticalGradient('deep', [
      [0, lighter(deep, -0.05)],
      [1, mix(deep, palette.skyMiddle, 0.35)],
    ])}</defs>`,
    rectangle([0, 0], [width, height], 'url(#deep)'),
  ];
  for (const [index, tone] of [palette.skyMiddle, palette.skyLow, palette.accent, palette.haze].entries()) {
    const id = `cloud${index}`;
    const at: Point = [chance() * width, chance() * height];
    parts.push(
      `<defs>${radialGradient(id, [
        [0, tone, 0.5],
        [1, tone, 0],
      ])}</defs>`,
      ellipse(
        at,
        [width * between(chance, 0.25, 0.5), height * between(chance, 0.25, 0.55)],
        `url(#${id})`,
        0.75,
      ),
    );
  }
  parts.push(paintStars(canvas, 1), paintStars(canvas, 1), paintPlanet(canvas));
  return parts.join('');
}

function paintPlanet({ width, height, unit, palette, chance }: Canvas): string {
  const radius = unit * between(chance, 16, 30);
  const [x, y] = [between(chance, 0.3, 0.7) * width, between(chance, 0.4, 0.62) * height];
  const tilt = between(chance, -28, 28);
  const planet = radialGradient(
    'planet',
    [
      [0, mix(palette.haze, palette.light, 0.65)],
      [0.55, mix(palette.haze, palette.water, 0.4)],
      [1, lighter(palette.near, 0.02)],
    ],
    [0.3, 0.28],
  );
  const ring = (half: 'back' | 'front'): string => {
    const arcs = [1.5, 1.68, 1.92].map((reach, index) => {
      const [rx, ry] = [radius * reach, radius * reach * 0.27];
      const sweep = half === 'back' ? 1 : 0;
      return `<path d="M${-rx} 0A${rx} ${ry} 0 0 ${sweep} ${rx} 0" fill="none" stroke="${css(mix(palette.accent, palette.light, index * 0.3))}" stroke-width="${radius * (0.1 - index * 0.02)}" opacity="0.75"/>`;
    });
    return `<g transform="translate(${x} ${y}) rotate(${tilt})">${arcs.join('')}</g>`;
  };
  const isRinged = chance() < 0.6;
  const moon = ellipse(
    [x + radius * 1.7, y - radius * 0.9],
    [radius * 0.2, radius * 0.2],
    css(palette.skyLow),
    0.9,
  );
  return [
    `<defs>${planet}</defs>`,
    isRinged ? ring('back') : moon,
    ellipse([x, y], [radius, radius], 'url(#planet)'),
    isRinged ? ring('front') : '',
  ].join('');
}
