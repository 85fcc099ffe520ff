import { between } from '../chance.ts';
import {
  type Canvas,
  ellipse,
  horizontalGradient,
  type Point,
  polygon,
  radialGradient,
  rectangle,
  verticalGradient,
} from './canvas.ts';
import { lighter, mix } from './colour.ts';

/** Ribbons that flow beside each other through a soft light. */
export function paintFlow(canvas: Canvas): string {
  const { width, height, palette, chance } = canvas;
  const ribbonCount = Math.floor(between(chance, 13, 22));
  const [bend, turns, drift] = [
    between(chance, 0.1, 0.26),
    between(chance, 0.6, 1.5),
    between(chance, 0.12, 0.4),
  ];
  const phase = chance() * Math.PI * 2;
  const colours = [
    palette.skyTop,
    palette.accent,
    palette.skyMiddle,
    palette.water,
    palette.haze,
    palette.light,
  ];
  const parts = [
    `<defs>${verticalGradient('ground', [
      [0, palette.skyTop],
      [1, palette.skyLow],
    ])}${radialGradient('lamp', [
      [0, palette.light, 0.7],
      [1, palette.light, 0],
    ])}</defs>`,
    rectangle([0, 0], [width, height], 'url(#ground)'),
    ellipse(
      [between(chance, 0.2, 0.8) * width, height * 0.35],
      [width * 0.45, height * 0.6],
      'url(#lamp)',
      0.9,
    ),
  ];
  for (let ribbon = 0; ribbon < ribbonCount; ribbon += 1) {
    const share = ribbon / ribbonCount;
    const place = share * (colours.length - 1);
    const [from, to] = [
      colours[Math.floor(place)] ?? palette.near,
      colours[Math.ceil(place)] ?? palette.near,
    ];
    const tone = mix(from, to, place % 1);
    parts.push(
      `<defs>${horizontalGradient(`ribbon${ribbon}`, [
        [0, lighter(tone, 0.09)],
        [between(chance, 0.3, 0.6), lighter(tone, -0.05)],
        [1, mix(tone, palette.accent, 0.35)],
      ])}</defs>`,
      polygon(
        ribbonShape(canvas, { share, bend, turns, phase: phase + ribbon * drift }),
        `url(#ribbon${ribbon})`,
        0.72,
      ),
    );
  }
  return parts.join('');
}

function ribbonShape(
  { width, height, chance }: Canvas,
  ribbon: { readonly share: number; readonly bend: number; readonly turns: number; readonly phase: number },
): Point[] {
  const thickness = height * between(chance, 0.05, 0.16);
  const middle = height * (0.08 + 0.95 * ribbon.share);
  const edge = (side: number): Point[] =>
    Array.from({ length: 61 }, (_, index) => {
      const x = index / 60;
      const wave =
        Math.sin(x * ribbon.turns * Math.PI * 2 + ribbon.phase) +
        0.4 * Math.sin(x * ribbon.turns * 9 + ribbon.phase * 1.7);
      const swell = 0.55 + 0.45 * Math.sin(x * 5 + ribbon.phase * 2 + side);
      return [x * width, middle + wave * ribbon.bend * height * 0.6 + side * thickness * swell];
    });
  return [...edge(-0.5), ...edge(0.5).reverse()];
}
