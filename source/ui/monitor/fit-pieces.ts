import { spansWidth } from '../text/paint.ts';
import type { Span } from '../text/span.ts';

/** As many of the pieces, first ones first, as fit into `width` columns with the separator between them. */
export function fitPieces(pieces: readonly (readonly Span[])[], separator: string, width: number): Span[] {
  const line: Span[] = [];
  let used = 0;
  for (const piece of pieces) {
    const pieceWidth = spansWidth(piece) + (line.length === 0 ? 0 : separator.length);
    if (used + pieceWidth > width) break;
    if (line.length > 0) line.push({ text: separator, role: 'quiet' });
    line.push(...piece);
    used += pieceWidth;
  }
  return line;
}
