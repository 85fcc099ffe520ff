import { paintLine } from '../text/paint.ts';
import type { Span } from '../text/span.ts';
import { wrapText } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';

export type Row = readonly Span[];

/** Rows of spans as lines for the inside of a panel. */
export function paintRows(rows: readonly Row[], width: number, theme: Theme): string[] {
  return rows.map((row) => paintLine(row, width, theme));
}

/** A text as rows of one role, broken at spaces, the last one with an ellipsis where there is more. */
export function wrapRows(
  text: string,
  role: Span['role'],
  area: { readonly width: number; readonly height: number },
  theme: Theme,
): Row[] {
  return wrapText(text, area.width, area.height, theme.glyphs.ellipsis).map((line) => [
    { text: line, role: role ?? 'plain' },
  ]);
}
