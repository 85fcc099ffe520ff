import { drawRows } from './draw-rows.ts';
import type { Pixels } from './pixels.ts';
import { distance, nearestXtermColour } from './xterm-palette.ts';

/** Half-blocks: two pixels a cell, one in the foreground colour and the other in the background's. */
export const blockPixels = { width: 1, height: 2 } as const;

/** How far a colour may be from one that is set already before another is set, as a squared distance. */
const tolerances = [0, 50, 150, 300, 600, 1200, 2400, 4800, 9600] as const;

/**
 * The picture in half-blocks. Setting a colour costs up to 19 bytes, so that within a budget neighbouring colours are taken for the same,
 * first those that nobody can tell apart.
 */
export function encodeBlocks(
  pixels: Pixels,
  options: { readonly hasTrueColor: boolean; readonly byteBudget: number },
): string {
  let text = '';
  for (const tolerance of tolerances) {
    text = drawRows(linesOf(pixels, tolerance, options.hasTrueColor));
    if (Buffer.byteLength(text) <= options.byteBudget) break;
  }
  return text;
}

type Colour = readonly [red: number, green: number, blue: number];

function linesOf({ width, height, rgb }: Pixels, tolerance: number, hasTrueColor: boolean): string[] {
  const colourAt = (x: number, y: number): Colour => {
    const at = (y * width + x) * 3;
    return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
  };
  const lines: string[] = [];
  for (let y = 0; y + 1 < height; y += 2) {
    let line = '';
    let foreground: Colour | null = null;
    let background: Colour | null = null;
    for (let x = 0; x < width; x++) {
      const upper = colourAt(x, y);
      const lower = colourAt(x, y + 1);
      const fits = (set: Colour | null, wanted: Colour) => set !== null && isNear(set, wanted, tolerance);
      if (fits(background, upper) && fits(background, lower)) {
        line += ' ';
        continue;
      }
      // Upside down where that leaves the colours as they are.
      const isLower: boolean = fits(foreground, lower) && fits(background, upper);
      const [ink, paper]: readonly [Colour, Colour] = isLower ? [lower, upper] : [upper, lower];
      const parameters: string[] = [];
      if (!fits(foreground, ink)) {
        foreground = ink;
        parameters.push(colourCode(38, ink, hasTrueColor));
      }
      if (!fits(background, paper)) {
        background = paper;
        parameters.push(colourCode(48, paper, hasTrueColor));
      }
      if (parameters.length > 0) line += `\u001b[${parameters.join(';')}m`;
      line += isLower ? '▄' : '▀';
    }
    lines.push(line);
  }
  return lines;
}

function isNear(one: Colour, other: Colour, tolerance: number): boolean {
  return distance(...one, ...other) <= tolerance;
}

function colourCode(base: 38 | 48, [red, green, blue]: Colour, hasTrueColor: boolean): string {
  return hasTrueColor
    ? `${base};2;${red};${green};${blue}`
    : `${base};5;${nearestXtermColour(red, green, blue)}`;
}
