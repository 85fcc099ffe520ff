/** The characters of a graph from its lowest level to its highest. */
export type Levels = readonly string[];

export const eighthBlocks: Levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** For terminals without Unicode: heights that ink suggests. */
export const asciiLevels: Levels = ['_', '.', ':', '-', '=', '+', '*', '#'];

/**
 * A graph of the newest values, one column each and the newest at the right, `rowCount` lines high (the first is the upper one). The scale
 * goes from 0 to `top`; null, where nothing ran, stays blank.
 */
export function drawSparkline(
  values: readonly (number | null)[],
  size: { readonly width: number; readonly rowCount: number; readonly top: number },
  levels: Levels,
): string[] {
  const shown = values.slice(Math.max(0, values.length - size.width));
  return Array.from({ length: size.rowCount }, (_, row) => {
    const rowsBelow = size.rowCount - 1 - row;
    const line = shown.map((value) => cell(value, size, rowsBelow, levels)).join('');
    return ' '.repeat(Math.max(0, size.width - shown.length)) + line;
  });
}

function cell(
  value: number | null,
  { rowCount, top }: { readonly rowCount: number; readonly top: number },
  rowsBelow: number,
  levels: Levels,
): string {
  if (value === null) return ' ';
  const share = top > 0 ? Math.min(1, Math.max(0, value / top)) : 0;
  // The lowest level of the lowest row is the ground line, so that a zero is seen to be measured.
  const level = Math.max(1, Math.round(share * rowCount * levels.length)) - rowsBelow * levels.length;
  return level <= 0 ? ' ' : (levels[Math.min(level, levels.length) - 1] ?? ' ');
}

/** The end of a graph's scale: the smallest round number that nothing exceeds, close enough that a level pace fills most of the graph. */
export function scaleTop(values: readonly (number | null)[]): number {
  const largest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  if (largest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  const factor = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8].find((step) => step * power >= largest) ?? 10;
  return Number((factor * power).toPrecision(2));
}
