import stringWidth from 'string-width';
import type { Table } from './bench.ts';

/** A table as aligned text that is Markdown as well: names left, figures right. */
export function formatTable({ header, rows, notes }: Table): string {
  const widths = header.map((_, column) =>
    Math.max(3, ...[header, ...rows].map((row) => stringWidth(row[column] ?? ''))),
  );
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => pad(row[column] ?? '', width, column === 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(header), rule, ...rows.map(line), ...notes.map((note) => `\n${note}`)].join('\n');
}

function pad(text: string, width: number, isLeft: boolean): string {
  const blanks = ' '.repeat(width - stringWidth(text));
  return isLeft ? text + blanks : blanks + text;
}
