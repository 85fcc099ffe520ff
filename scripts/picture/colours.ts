import type { Cell, CellColour } from '../../test/helpers/terminal-screen.ts';

export const ground = '#12151c';
export const ink = '#d3d8e0';

const named = [
  '#2a2f3a',
  '#e5717a',
  '#8fc77f',
  '#e2b86b',
  '#6cabf2',
  '#c58be0',
  '#5cc4c9',
  '#c3c9d4',
  '#667083',
  '#f38b93',
  '#a8dd98',
  '#f2cd87',
  '#8dc1fb',
  '#d6a6ee',
  '#7fdade',
  '#eef1f6',
] as const;

const levels = [0, 95, 135, 175, 215, 255];

/** The colours that a cell is drawn in, after inverse and dim. */
export function coloursOf(cell: Cell): { readonly foreground: string; readonly background: string } {
  const foreground = resolve(cell.foreground, ink);
  const background = resolve(cell.background, ground);
  const [front, back] = cell.isInverse ? [background, foreground] : [foreground, background];
  return { foreground: cell.isDim ? blend(front, back, 0.55) : front, background: back };
}

function resolve(colour: CellColour, fallback: string): string {
  switch (colour.kind) {
    case 'default':
      return fallback;
    case 'rgb':
      return hex([colour.value >> 16, (colour.value >> 8) & 0xff, colour.value & 0xff]);
    case 'palette':
      return named[colour.index] ?? fixed(colour.index);
  }
}

/** The 6x6x6 cube and the grey ramp of xterm's 256 colours. */
function fixed(index: number): string {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return hex([grey, grey, grey]);
  }
  const cube = index - 16;
  return hex([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((level) => levels[level] ?? 0));
}

function blend(front: string, back: string, share: number): string {
  const from = channels(back);
  return hex(channels(front).map((value, index) => value * share + (from[index] ?? 0) * (1 - share)));
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}

function hex(rgb: readonly number[]): string {
  return `#${rgb.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}
