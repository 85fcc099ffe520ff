import { graphemesOf, takeWidth, widthOf } from '../../text/width.ts';
import type { EditorState } from './state.ts';
import { locate, wrapText } from './wrap.ts';

/** The rows of an editor that is `height` rows high, and where in them the cursor is. */
export type DrawnEditor = {
  readonly rows: readonly string[];
  /** From the editor's own top left cell. */
  readonly cursor: { readonly x: number; readonly y: number };
  readonly lineCount: number;
  /** Lines above and below the drawn ones. */
  readonly hiddenAbove: number;
  readonly hiddenBelow: number;
};

/** Columns that text is wrapped to in an editor of `width`: one stays free for a cursor behind the last character. */
export function wrapWidthOf(width: number): number {
  return Math.max(2, width - 1);
}

/** Draws the part of the text around the cursor. */
export function drawEditor(state: EditorState, width: number, height: number): DrawnEditor {
  const wrapWidth = wrapWidthOf(width);
  const lines = wrapText(state.text, wrapWidth);
  const at = locate(state.text, lines, state.cursor);
  const first = Math.max(0, Math.min(at.line - Math.floor(height / 2), lines.length - height));
  const shown = lines.slice(first, first + height);
  return {
    rows: shown.map(({ start, end }) => takeWidth(state.text.slice(start, end), wrapWidth)),
    cursor: { x: Math.min(at.column, wrapWidth), y: at.line - first },
    lineCount: lines.length,
    hiddenAbove: first,
    hiddenBelow: Math.max(0, lines.length - first - height),
  };
}

/** One-line fields scroll sideways: the part around the cursor, and the cursor's column in it. */
export function drawField(
  state: EditorState,
  width: number,
  mask: string | null = null,
): { readonly row: string; readonly cursorX: number } {
  const text = mask === null ? state.text : mask.repeat(graphemesOf(state.text).length);
  const before =
    mask === null
      ? state.text.slice(0, state.cursor)
      : mask.repeat(graphemesOf(text.slice(0, state.cursor)).length);
  const room = wrapWidthOf(width);
  let start = 0;
  let beforeWidth = widthOf(before);
  for (const grapheme of graphemesOf(before)) {
    if (beforeWidth <= room) break;
    start += grapheme.length;
    beforeWidth -= widthOf(grapheme);
  }
  return { row: takeWidth(text.slice(start), room), cursorX: beforeWidth };
}
