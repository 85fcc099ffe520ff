const saveCursor = '\u001b7';
const restoreCursor = '\u001b8';
const plain = '\u001b[0m';

/**
 * Draws lines below each other from where the cursor is, and leaves it there. Each line starts from the saved place, because moving back
 * by the width ends one cell off where a line touches the right edge.
 */
export function drawRows(lines: readonly string[]): string {
  const rows = lines.map((line, row) => (row === 0 ? line : `${restoreCursor}\u001b[${row}B${line}`));
  return `${plain}${saveCursor}${rows.join('')}${restoreCursor}`;
}
