import { between } from '../chance.ts';
import { type Canvas, groundBelow, type Point, polygon, ridge, verticalGradient } from './canvas.ts';
import { css, mix } from './colour.ts';
import { paintSky } from './sky.ts';

/** Ridges behind ridges in the haze, with conifers on the nearest. */
export function paintMountains(canvas: Canvas): string {
  const { width, height, unit, palette, chance } = canvas;
  const layerCount = Math.floor(between(chance, 4, 7));
  const light = {
    at: [between(chance, 0.15, 0.85) * width, between(chance, 0.16, 0.42) * height] as const,
    radius: between(chance, 4, 8) * unit,
  };
  const parts = [paintSky(canvas, light)];
  for (let layer = 0; layer < layerCount; layer += 1) {
    const closeness = layer / (layerCount - 1);
    const tone = mix(palette.haze, palette.near, closeness ** 1.15);
    const misty = mix(tone, palette.skyLow, 0.5 * (1 - closeness) + 0.08);
    const y = height * (0.5 + 0.4 * closeness);
    const amplitude = height * (0.17 - 0.11 * closeness);
    const heights = ridge(chance, 120, 0.5);
    parts.push(
      `<defs>${verticalGradient(`ridge${layer}`, [
        [0, tone],
        [0.75, misty],
      ])}</defs>`,
      polygon(groundBelow(canvas, heights, y, amplitude), `url(#ridge${layer})`),
    );
    if (closeness > 0.6) parts.push(paintConifers(canvas, heights, y, amplitude, closeness));
  }
  return parts.join('');
}

function paintConifers(
  { width, height, palette, chance }: Canvas,
  heights: readonly number[],
  y: number,
  amplitude: number,
  closeness: number,
): string {
  const tone = css(mix(palette.haze, palette.near, closeness ** 1.15));
  const trees = Array.from({ length: Math.round(34 * closeness) }, () => {
    const index = Math.floor(chance() * heights.length);
    const foot: Point = [(index / (heights.length - 1)) * width, y - (heights[index] ?? 0) * amplitude + 2];
    return paintConifer(foot, height * between(chance, 0.025, 0.075) * closeness, tone);
  });
  return trees.join('');
}

function paintConifer([x, y]: Point, size: number, tone: string): string {
  return [0, 0.28, 0.52]
    .map((lift, tier) => {
      const half = size * (0.24 - tier * 0.055);
      return polygon(
        [
          [x - half, y - lift * size],
          [x, y - (lift + 0.5) * size],
          [x + half, y - lift * size],
        ],
        tone,
      );
    })
    .join('');
}
