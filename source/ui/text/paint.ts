import { cleanText } from '../../presentation/clean-text.ts';
import type { Theme } from '../theme.ts';
import type { Span } from './span.ts';
import { fitText, widthOf } from './width.ts';

/**
 * One screen line of exactly `width` columns: spans cleaned, cut with an ellipsis where the line ends, padded with spaces.
 * A whole line as one string is what keeps Ink cheap (one text node a row, not a box for each cell).
 */
export function paintLine(spans: readonly Span[], width: number, theme: Theme): string {
  let line = '';
  let left = width;
  for (const span of spans) {
    if (left <= 0) break;
    const text = fitText(cleanText(span.text), left, theme.glyphs.ellipsis);
    left -= widthOf(text);
    line += paintText(text, span, theme);
  }
  return left > 0 ? line + ' '.repeat(left) : line;
}

function paintText(text: string, { role = 'plain', link }: Span, theme: Theme): string {
  const sgr = theme.sgr[role];
  const painted = sgr === null || text === '' ? text : `\u001b[${sgr}m${text}\u001b[0m`;
  if (link === undefined || text === '') return painted;
  return `\u001b]8;;${cleanText(link)}\u0007${painted}\u001b]8;;\u0007`;
}

/** Columns that the spans take when nothing is cut. */
export function spansWidth(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + widthOf(cleanText(span.text)), 0);
}
