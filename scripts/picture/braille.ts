import { cellHeight, cellWidth } from './cell-size.ts';

const radius = 1.25;

/** Column and row of the dot that each bit of a braille character stands for (Unicode's order). */
const dots = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [0, 3],
  [1, 3],
] as const;

/** The path of a braille character's raised dots, its cell starting at x, y; null for any other character. */
export function braille(codePoint: number, x: number, y: number): string | null {
  if (codePoint < 0x2800 || codePoint > 0x28ff) return null;
  return dots
    .filter((_, bit) => codePoint & (1 << bit))
    .map(([column, row]) => dot(x + ((column + 0.5) * cellWidth) / 2, y + ((row + 0.5) * cellHeight) / 4))
    .join('');
}

function dot(centreX: number, centreY: number): string {
  const half = `a${radius} ${radius} 0 0 1`;
  return `M${centreX - radius} ${centreY}${half} ${2 * radius} 0${half} ${-2 * radius} 0z`;
}
