import { between } from '../chance.ts';
import { type Canvas, ellipse, type Point, radialGradient, rectangle, verticalGradient } from './canvas.ts';
import { css, mix } from './colour.ts';

/** Sky, stars when it is dark, sun or moon with its glow, and clouds. */
export function paintSky(canvas: Canvas, light: { readonly at: Point; readonly radius: number }): string {
  const { width, height, palette } = canvas;
  const glow = radialGradient('glow', [
    [0, palette.light, 0.85],
    [0.25, palette.light, 0.35],
    [1, palette.light, 0],
  ]);
  const sky = verticalGradient('sky', [
    [0, palette.skyTop],
    [0.55, palette.skyMiddle],
    [0.95, palette.skyLow],
  ]);
  const spread = light.radius * 7;
  return [
    `<defs>${sky}${glow}</defs>`,
    rectangle([0, 0], [width, height], 'url(#sky)'),
    palette.skyTop.l < 0.34 ? paintStars(canvas, 0.7) : '',
    ellipse(light.at, [spread, spread], 'url(#glow)', 0.8),
    ellipse(light.at, [light.radius, light.radius], css(palette.light)),
    paintClouds(canvas),
  ].join('');
}

/** Points of light down to a share of the height. */
export function paintStars({ width, height, unit, palette, chance }: Canvas, depth: number): string {
  const stars = Array.from({ length: 110 }, () => {
    const size = between(chance, 0.08, 0.32) * unit;
    const at: Point = [chance() * width, chance() ** 1.4 * height * depth];
    return ellipse(at, [size, size], css(palette.light), between(chance, 0.25, 0.95));
  });
  return stars.join('');
}

function paintClouds({ width, height, palette, chance }: Canvas): string {
  const count = Math.floor(between(chance, 1, 6));
  const clouds: string[] = [];
  const fill = css(mix(palette.skyLow, palette.light, 0.35));
  for (let cloud = 0; cloud < count; cloud += 1) {
    const [x, y] = [chance() * width, between(chance, 0.06, 0.4) * height];
    const length = between(chance, 0.12, 0.34) * width;
    const opacity = between(chance, 0.1, 0.26);
    for (let puff = 0; puff < 6; puff += 1) {
      const share = between(chance, -0.5, 0.5);
      const radii: Point = [length * between(chance, 0.2, 0.42), height * between(chance, 0.006, 0.022)];
      clouds.push(
        ellipse([x + share * length, y + between(chance, -0.018, 0.018) * height], radii, fill, opacity),
      );
    }
  }
  return clouds.join('');
}
