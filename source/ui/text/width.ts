import stringWidth from 'string-width';

const printableAscii = /^[\x20-\x7e]*$/;

/** Terminal columns that cleaned text takes. Most text here is ASCII, where measuring graphemes would be the screen's main cost. */
export function widthOf(text: string): number {
  return printableAscii.test(text) ? text.length : stringWidth(text);
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The user-perceived characters of a text. */
export function graphemesOf(text: string): string[] {
  if (printableAscii.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), (piece) => piece.segment);
}

/** The longest start of the text that fits into `width` columns without cutting a grapheme. */
export function takeWidth(text: string, width: number): string {
  if (printableAscii.test(text)) return text.slice(0, Math.max(0, width));
  let taken = '';
  let used = 0;
  for (const grapheme of graphemesOf(text)) {
    const next = used + stringWidth(grapheme);
    if (next > width) break;
    taken += grapheme;
    used = next;
  }
  return taken;
}

/** The text within `width` columns, its end replaced by `ellipsis` when it is longer. */
export function fitText(text: string, width: number, ellipsis: string): string {
  if (width <= 0) return '';
  if (widthOf(text) <= width) return text;
  return takeWidth(text, width - widthOf(ellipsis)) + ellipsis;
}
