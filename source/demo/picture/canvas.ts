import { between, type Chance } from '../chance.ts';
import { type Colour, css } from './colour.ts';
import type { Palette } from './palette.ts';

/** What a scene paints on: sizes in pixels, colours, and chance. */
export type Canvas = {
  readonly width: number;
  readonly height: number;
  /** The unit for details, so that pictures of all sizes look alike: a hundredth of the shorter side. */
  readonly unit: number;
  readonly palette: Palette;
  readonly chance: Chance;
};

export type Point = readonly [x: number, y: number];

/** Rounds for SVG, where more digits only cost time. */
export function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function polygon(points: readonly Point[], fill: string, opacity = 1): string {
  const corners = points.map(([x, y]) => `${round(x)},${round(y)}`).join(' ');
  return `<polygon points="${corners}" fill="${fill}"${opacity < 1 ? ` opacity="${round2(opacity)}"` : ''}/>`;
}

export function ellipse(centre: Point, radii: Point, fill: string, opacity = 1): string {
  return `<ellipse cx="${round(centre[0])}" cy="${round(centre[1])}" rx="${round(radii[0])}" ry="${round(radii[1])}" fill="${fill}" opacity="${round2(opacity)}"/>`;
}

export function rectangle(corner: Point, size: Point, fill: string, opacity = 1): string {
  return `<rect x="${round(corner[0])}" y="${round(corner[1])}" width="${round(size[0])}" height="${round(size[1])}" fill="${fill}" opacity="${round2(opacity)}"/>`;
}

type Stop = readonly [offset: number, colour: Colour, opacity?: number];

/** A gradient from top to bottom of whatever it fills; use it as `url(#id)`. */
export function verticalGradient(id: string, stops: readonly Stop[]): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops.map(stopTag).join('')}</linearGradient>`;
}

export function horizontalGradient(id: string, stops: readonly Stop[]): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="1" y2="0.25">${stops.map(stopTag).join('')}</linearGradient>`;
}

/** A gradient from the middle outwards, its focus moved by a share of the size. */
export function radialGradient(id: string, stops: readonly Stop[], focus: Point = [0.5, 0.5]): string {
  return `<radialGradient id="${id}" fx="${focus[0]}" fy="${focus[1]}">${stops.map(stopTag).join('')}</radialGradient>`;
}

function stopTag([offset, colour, opacity = 1]: Stop): string {
  return `<stop offset="${offset}" stop-color="${css(colour)}" stop-opacity="${round2(opacity)}"/>`;
}

function round2(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Heights of a ridge line, -1 to 1: waves of chance, each half as high and twice as dense as the one before. */
export function ridge(chance: Chance, pointCount: number, roughness: number): number[] {
  const heights = new Array<number>(pointCount).fill(0);
  let amplitude = 1;
  for (let waves = 2; waves <= 64; waves *= 2) {
    const knots = Array.from({ length: waves + 2 }, () => between(chance, -1, 1));
    for (let index = 0; index < pointCount; index += 1) {
      const position = (index / (pointCount - 1)) * waves;
      const knot = Math.floor(position);
      const share = position - knot;
      const eased = share * share * (3 - 2 * share);
      const [left = 0, right = 0] = knots.slice(knot, knot + 2);
      heights[index] = (heights[index] ?? 0) + amplitude * (left + (right - left) * eased);
    }
    amplitude *= roughness;
  }
  return heights;
}

/** The ground below a ridge line, as a polygon down to the bottom edge. */
export function groundBelow(
  canvas: Canvas,
  heights: readonly number[],
  y: number,
  amplitude: number,
): Point[] {
  const { width, height } = canvas;
  const line = heights.map(
    (value, index): Point => [(index / (heights.length - 1)) * width, y - value * amplitude],
  );
  return [...line, [width, height], [0, height]];
}
