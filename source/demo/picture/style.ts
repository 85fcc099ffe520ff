import { hashText } from '../chance.ts';
import { type Colour, colour, mix } from './colour.ts';
import type { Palette } from './palette.ts';

type Style = (palette: Palette) => Palette;

function each(change: (colour: Colour) => Colour): Style {
  return (palette) => {
    const entries = Object.entries(palette).map(([part, value]) => [part, change(value)]);
    return Object.fromEntries(entries) as Palette;
  };
}

const paper = colour(0.95, 0.018, 85);
const ink = colour(0.2, 0.012, 265);

const styles: readonly (readonly [name: RegExp, style: Style])[] = [
  [/neon/i, each(({ l, c, h }) => colour(l * 0.88, Math.min(0.28, c * 1.7 + 0.02), h + 18))],
  [/pastel/i, each(({ l, c, h }) => colour(0.5 + l * 0.48, c * 0.75, h))],
  [
    /noir/i,
    (palette) => ({
      ...each(({ l, h }) => colour(l < 0.5 ? l * 0.82 : l * 1.02, 0.006, h))(palette),
      accent: colour(0.62, 0.2, 28),
    }),
  ],
  [
    /水墨|ink/i,
    (palette) => ({
      ...each(({ l }) => mix(ink, paper, Math.min(1, l * 1.15)))(palette),
      skyTop: mix(paper, ink, 0.12),
      skyMiddle: paper,
      skyLow: mix(paper, ink, 0.03),
      haze: mix(paper, ink, 0.22),
      near: mix(ink, paper, 0.08),
      water: mix(paper, ink, 0.16),
      light: colour(0.58, 0.2, 28),
      accent: colour(0.58, 0.2, 28),
    }),
  ],
  [/landscape/i, (palette) => palette],
];

/** How a checkpoint paints: each demo checkpoint has its own look, any other turns the hues by its name. */
export function applyStyle(palette: Palette, checkpoint: string): Palette {
  const style = styles.find(([name]) => name.test(checkpoint))?.[1];
  if (style) return style(palette);
  const turn = (hashText(checkpoint) % 120) - 60;
  return each(({ l, c, h }) => colour(l, c, h + turn))(palette);
}
