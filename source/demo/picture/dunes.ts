import { between } from '../chance.ts';
import { type Canvas, horizontalGradient, type Point, polygon } from './canvas.ts';
import { lighter, mix } from './colour.ts';
import { paintSky } from './sky.ts';

/** Long smooth crests with a lit and a shaded side. */
export function paintDunes(canvas: Canvas): string {
  const { width, height, unit, palette, chance } = canvas;
  const layerCount = Math.floor(between(chance, 4, 7));
  const light = {
    at: [between(chance, 0.15, 0.85) * width, between(chance, 0.15, 0.4) * height] as const,
    radius: between(chance, 5, 11) * unit,
  };
  const parts = [paintSky(canvas, light)];
  for (let layer = 0; layer < layerCount; layer += 1) {
    const closeness = layer / (layerCount - 1);
    const tone = mix(palette.haze, palette.near, closeness * 0.85);
    const crest = crestLine(canvas, height * (0.56 + 0.34 * closeness), height * (0.05 + 0.07 * closeness));
    const isLitFromLeft = light.at[0] < width / 2;
    const [lit, shaded] = [mix(tone, palette.light, 0.32), lighter(tone, -0.07)];
    parts.push(
      `<defs>${horizontalGradient(`dune${layer}`, [
        [0, isLitFromLeft ? lit : shaded],
        [0.5, tone],
        [1, isLitFromLeft ? shaded : lit],
      ])}</defs>`,
      polygon([...crest, [width, height], [0, height]], `url(#dune${layer})`),
      polygon(
        [...crest, ...shadowBelow(crest, height * 0.06 * (0.4 + closeness))],
        `url(#dune${layer})`,
        0.5,
      ),
    );
  }
  return parts.join('');
}

function crestLine({ width, chance }: Canvas, y: number, amplitude: number): Point[] {
  const waves = Array.from({ length: 3 }, (_, index) => ({
    height: (amplitude * between(chance, 0.5, 1)) / (index + 1),
    length: between(chance, 0.7, 1.4) * (index + 1),
    phase: chance() * Math.PI * 2,
  }));
  return Array.from({ length: 81 }, (_, index): Point => {
    const share = index / 80;
    const lift = waves.reduce(
      (sum, wave) => sum + wave.height * Math.sin(share * wave.length * Math.PI * 2 + wave.phase),
      0,
    );
    return [share * width, y - lift];
  });
}

function shadowBelow(crest: readonly Point[], depth: number): Point[] {
  return crest.map(([x, y], index): Point => [x, y + depth * (0.6 + 0.4 * Math.sin(index / 9))]).reverse();
}
