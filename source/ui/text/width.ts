import stringWidth from 'string-width';
import { LazySegmenter } from './lazy-segmenter.ts';
import { isSingleWidth } from './single-width.ts';

/** Terminal columns that cleaned text takes. */
export function widthOf(text: string): number {
  return isSingleWidth(text) ? text.length : stringWidth(text);
}

const segmenter = new LazySegmenter();

/** The user-perceived characters of a text. */
export function graphemesOf(text: string): string[] {
  if (isSingleWidth(text)) return text.split('');
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
