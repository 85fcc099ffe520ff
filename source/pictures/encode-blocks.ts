import { drawRows } from './draw-rows.ts';
import type { Pixels } from './pixels.ts';
import { createSlices, type Slices } from './slices.ts';
import { distance, nearestXtermColour } from './xterm-palette.ts';

/** Half-blocks: two pixels a cell, one in the foreground colour and the other in the background's. */
export const blockPixels = { width: 1, height: 2 } as const;

/** How far a colour may be from one that is set already before another is set, as a squared distance. */
const tolerances = [0, 50, 150, 300, 600, 1200, 2400, 4800, 9600] as const;

/**
 * The picture in half-blocks. Setting a colour costs up to 19 bytes, so that within a budget neighbouring colours are taken for the same,
 * first those that nobody can tell apart.
 */
export async function encodeBlocks(
  pixels: Pixels,
  options: { readonly hasTrueColor: boolean; readonly byteBudget: number },
): Promise<string> {
  const whole = tolerances.map((tolerance) => ({ pixels, tolerance }));
  // A cell of one colour takes a byte instead of three.
  const coarse = tolerances.slice(3).map((tolerance) => ({ pixels: withEqualHalves(pixels), tolerance }));
  const slices = createSlices();
  let text = '';
  for (const step of [...whole, ...coarse]) {
    text = drawRows(await linesOf(step.pixels, step.tolerance, options.hasTrueColor, slices));
    if (Buffer.byteLength(text) <= options.byteBudget) break;
  }
  return text;
}

function withEqualHalves({ width, height, rgb }: Pixels): Pixels {
  const length = width * 3;
  const mixed = new Uint8Array(rgb.length);
  for (let at = 0; at < rgb.length; at++) {
    const pair = at - (at % (2 * length)) + (at % length);
    mixed[at] = ((rgb[pair] ?? 0) + (rgb[pair + length] ?? 0)) / 2;
  }
  return { width, height, rgb: mixed };
}

type Colour = readonly [red: number, green: number, blue: number];

async function linesOf(
  { width, height, rgb }: Pixels,
  tolerance: number,
  hasTrueColor: boolean,
  slices: Slices,
): Promise<string[]> {
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
      if (isNear(upper, lower, tolerance)) {
        if (!fits(background, upper) || !fits(background, lower)) {
          background = upper;
          line += `\u001b[${colourCode(48, upper, hasTrueColor)}m`;
        }
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
    await slices.breathe();
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
