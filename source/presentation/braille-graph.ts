/** The dots of one braille cell in its left and right column, from the ground up (Unicode chapter 21.1). */
const leftDots = [0x40, 0x04, 0x02, 0x01];
const rightDots = [0x80, 0x20, 0x10, 0x08];

/**
 * A filled graph in braille: two values a column and four levels a row, the newest at the right; twice the time span of a sparkline.
 * The scale goes from 0 to `top`; null stays blank.
 */
export function drawBrailleGraph(
  values: readonly (number | null)[],
  size: { readonly width: number; readonly rowCount: number; readonly top: number },
): string[] {
  const count = size.width * 2;
  const shown = values.slice(Math.max(0, values.length - count));
  const padded = [...Array.from({ length: count - shown.length }, () => null), ...shown];
  return Array.from({ length: size.rowCount }, (_, row) => {
    const dotsBelow = (size.rowCount - 1 - row) * 4;
    return Array.from({ length: size.width }, (_, column) => {
      const left = dots(padded[column * 2] ?? null, size, dotsBelow, leftDots);
      const right = dots(padded[column * 2 + 1] ?? null, size, dotsBelow, rightDots);
      return left + right === 0 ? ' ' : String.fromCharCode(0x2800 + left + right);
    }).join('');
  });
}

function dots(
  value: number | null,
  { rowCount, top }: { readonly rowCount: number; readonly top: number },
  dotsBelow: number,
  column: readonly number[],
): number {
  if (value === null) return 0;
  const share = top > 0 ? Math.min(1, Math.max(0, value / top)) : 0;
  const height = Math.max(1, Math.round(share * rowCount * 4)) - dotsBelow;
  return column.slice(0, Math.max(0, height)).reduce((sum, dot) => sum + dot, 0);
}
