import { between } from '../chance.ts';
import { type Canvas, ellipse, type Point } from './canvas.ts';
import { css } from './colour.ts';
import type { Weather } from './subject.ts';

/** What falls or flies in front of the scene. */
export function paintWeather(canvas: Canvas, weather: Weather): string {
  switch (weather) {
    case 'none':
      return '';
    case 'petals':
      return scatter(canvas, 46, ([x, y], size, { palette, chance }) => {
        const turn = Math.round(chance() * 180);
        return `<g transform="translate(${Math.round(x)} ${Math.round(y)}) rotate(${turn})">${ellipse([0, 0], [size * 1.3, size * 0.6], css(palette.accent), 0.85)}</g>`;
      });
    case 'snow':
      return scatter(canvas, 80, (at, size, { palette }) =>
        ellipse(at, [size * 0.7, size * 0.7], css(palette.accent), 0.8),
      );
    case 'fireflies':
      return scatter(canvas, 26, (at, size, { palette }) =>
        [
          ellipse(at, [size * 1.6, size * 1.6], css(palette.accent), 0.22),
          ellipse(at, [size * 0.5, size * 0.5], css(palette.light), 0.9),
        ].join(''),
      );
    case 'rain':
      return scatter(
        canvas,
        110,
        ([x, y], size, { palette }) =>
          `<path d="M${Math.round(x)} ${Math.round(y)}l${-Math.round(size * 1.1)} ${Math.round(size * 5)}" stroke="${css(palette.skyLow)}" stroke-width="${Math.max(0.6, size * 0.12)}" opacity="0.35"/>`,
      );
    case 'birds':
      return paintFlock(canvas);
  }
}

function scatter(
  canvas: Canvas,
  count: number,
  paint: (at: Point, size: number, canvas: Canvas) => string,
): string {
  const { width, height, unit, chance } = canvas;
  return Array.from({ length: count }, () =>
    paint([chance() * width, chance() * height], between(chance, 0.4, 1.3) * unit, canvas),
  ).join('');
}

function paintFlock({ width, height, unit, palette, chance }: Canvas): string {
  const [x, y] = [between(chance, 0.2, 0.8) * width, between(chance, 0.14, 0.34) * height];
  const birds = Array.from({ length: Math.floor(between(chance, 3, 9)) }, () => {
    const span = between(chance, 0.9, 1.9) * unit;
    const [left, top] = [x + between(chance, -9, 9) * unit, y + between(chance, -5, 5) * unit];
    return `M${Math.round(left)} ${Math.round(top)}q${span} ${-span} ${span * 1.6} 0q${span * 0.6} ${-span} ${span * 1.6} 0`;
  });
  return `<path d="${birds.join('')}" fill="none" stroke="${css(palette.near)}" stroke-width="${Math.max(0.8, unit * 0.35)}" opacity="0.75"/>`;
}
