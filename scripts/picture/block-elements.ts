import { cellHeight, cellWidth } from './cell-size.ts';
import { rectangle } from './rectangle.ts';

/** Quadrants from U+2596 on: 1 upper left, 2 upper right, 4 lower left, 8 lower right. */
const quadrants = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14];

/** How much of the colour a shaded block lets through; 1 for every other character. */
export function shadeOf(codePoint: number): number {
  return { 9617: 0.25, 9618: 0.5, 9619: 0.75 }[codePoint] ?? 1;
}

/** The path of a block element whose cell starts at x, y; null for any other character. */
export function blockElement(codePoint: number, x: number, y: number): string | null {
  if (codePoint < 0x2580 || codePoint > 0x259f) return null;
  if (codePoint === 0x2580) return part(x, y, 0, 0, 8, 4);
  if (codePoint <= 0x2588) return part(x, y, 0, 0x2588 - codePoint, 8, codePoint - 0x2580);
  if (codePoint <= 0x258f) return part(x, y, 0, 0, 0x2590 - codePoint, 8);
  if (codePoint === 0x2590) return part(x, y, 4, 0, 4, 8);
  if (codePoint <= 0x2593) return part(x, y, 0, 0, 8, 8);
  if (codePoint === 0x2594) return part(x, y, 0, 0, 8, 1);
  if (codePoint === 0x2595) return part(x, y, 7, 0, 1, 8);
  const filled = quadrants[codePoint - 0x2596] ?? 0;
  return [0, 1, 2, 3]
    .filter((quadrant) => filled & (1 << quadrant))
    .map((quadrant) => part(x, y, (quadrant % 2) * 4, Math.floor(quadrant / 2) * 4, 4, 4))
    .join('');
}

/** A part of the cell in eighths of its width and height. */
function part(x: number, y: number, left: number, top: number, width: number, height: number): string {
  return rectangle(
    x + (left * cellWidth) / 8,
    y + (top * cellHeight) / 8,
    (width * cellWidth) / 8,
    (height * cellHeight) / 8,
  );
}
