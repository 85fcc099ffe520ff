import stringWidth from 'string-width';

const printableAscii = /^[\x20-\x7e]*$/;

/**
 * Characters that each take one column whatever follows within this set: ASCII, Latin, Greek and Cyrillic letters without combining marks,
 * punctuation, arrows, box drawing, blocks, shapes and braille. The screen is drawn with these, and measuring graphemes would be its main cost.
 */
const singleWidth =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u2199\u21ba\u21bb\u2500-\u25cf\u2800-\u28ff]*$/;

/** Whether the text takes as many columns as it has characters, told without looking at graphemes; false may still be so. */
export function isSingleWidth(text: string): boolean {
  return singleWidth.test(text);
}

/** Terminal columns that cleaned text takes. */
export function widthOf(text: string): number {
  return isSingleWidth(text) ? text.length : stringWidth(text);
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The user-perceived characters of a text. */
export function graphemesOf(text: string): string[] {
  if (printableAscii.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), (piece) => piece.segment);
}

/** The longest start of the text that fits into `width` columns without cutting a grapheme. */
export function takeWidth(text: string, width: number): string {
  if (isSingleWidth(text)) return text.slice(0, Math.max(0, width));
  let taken = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    const next = used + widthOf(segment);
    if (next > width) break;
    taken += segment;
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

/** The text within `width` columns, its start replaced by `ellipsis` when it is longer: for paths, whose end says most. */
export function fitEnd(text: string, width: number, ellipsis: string): string {
  if (width <= 0) return '';
  if (widthOf(text) <= width) return text;
  const room = width - widthOf(ellipsis);
  let kept = '';
  let used = 0;
  for (const grapheme of graphemesOf(text).reverse()) {
    const next = used + widthOf(grapheme);
    if (next > room) break;
    kept = grapheme + kept;
    used = next;
  }
  return ellipsis + kept;
}

/** The text within `width` columns, its middle replaced by `ellipsis` when it is longer: names differ at both ends. */
export function fitMiddle(text: string, width: number, ellipsis: string): string {
  if (width <= 0) return '';
  if (widthOf(text) <= width) return text;
  const start = takeWidth(text, Math.floor(width / 2));
  return start + fitEnd(text, width - widthOf(start), ellipsis);
}
