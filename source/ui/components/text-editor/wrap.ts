import { graphemesOf, widthOf } from '../../text/width.ts';

/** One line as drawn: `text.slice(start, end)`, without its line break. */
export type VisualLine = { readonly start: number; readonly end: number };

/**
 * Breaks text into lines of at most `width` columns: after spaces and around wide characters where that is possible, else
 * between any two characters. Spaces that do not fit hang over the end of their line. There is always at least one line.
 */
export function wrapText(text: string, width: number): VisualLine[] {
  const lines: VisualLine[] = [];
  let start = 0;
  for (const written of text.split('\n')) {
    wrapWrittenLine(written, start, Math.max(2, width), lines);
    start += written.length + 1;
  }
  return lines;
}

function wrapWrittenLine(written: string, offset: number, width: number, lines: VisualLine[]): void {
  let lineStart = 0;
  let breakAt = 0;
  let columns = 0;
  let columnsAtBreak = 0;
  let index = 0;
  for (const grapheme of graphemesOf(written)) {
    const graphemeWidth = widthOf(grapheme);
    if (grapheme !== ' ') {
      if (graphemeWidth === 2) {
        breakAt = index;
        columnsAtBreak = columns;
      }
      if (columns + graphemeWidth > width && index > lineStart) {
        if (breakAt <= lineStart) {
          breakAt = index;
          columnsAtBreak = columns;
        }
        lines.push({ start: offset + lineStart, end: offset + breakAt });
        lineStart = breakAt;
        columns -= columnsAtBreak;
      }
    }
    columns += graphemeWidth;
    index += grapheme.length;
    if (grapheme === ' ' || graphemeWidth === 2) {
      breakAt = index;
      columnsAtBreak = columns;
    }
  }
  lines.push({ start: offset + lineStart, end: offset + written.length });
}

/** Where a cursor stands on the wrapped text: line number and column, both from 0. */
export function locate(
  text: string,
  lines: readonly VisualLine[],
  cursor: number,
): { readonly line: number; readonly column: number } {
  let line = lines.findIndex((each) => cursor <= each.end);
  if (line === -1) line = lines.length - 1;
  // A cursor between two wrapped pieces of one written line belongs to the start of the second.
  if (cursor === lines[line]?.end && lines[line + 1]?.start === cursor) line++;
  return { line, column: widthOf(text.slice(lines[line]?.start ?? 0, cursor)) };
}

/** The cursor for a column on a line: the last character boundary that is not right of it. */
export function cursorAt(text: string, lines: readonly VisualLine[], line: number, column: number): number {
  const { start, end } = lines[line] ?? { start: 0, end: 0 };
  let cursor = start;
  let used = 0;
  for (const grapheme of graphemesOf(text.slice(start, end))) {
    used += widthOf(grapheme);
    if (used > column) break;
    // The end of a wrapped piece is where the next one starts, and would be drawn there.
    if (cursor + grapheme.length === end && lines[line + 1]?.start === end) break;
    cursor += grapheme.length;
  }
  return cursor;
}
