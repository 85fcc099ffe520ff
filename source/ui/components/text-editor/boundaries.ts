import { LazySegmenter } from '../../text/lazy-segmenter.ts';

const graphemes = new LazySegmenter(undefined, { granularity: 'grapheme' });
const words = new LazySegmenter(undefined, { granularity: 'word' });

/** A cursor may stand only where a user-perceived character begins or ends: the nearest such place at or after `index`. */
export function snapToBoundary(text: string, index: number): number {
  const clamped = Math.max(0, Math.min(text.length, index));
  const around = aroundLine(text, clamped);
  const piece = graphemes.segment(around.line).containing(clamped - around.start);
  if (piece === undefined || piece.index === clamped - around.start) return clamped;
  return around.start + piece.index + piece.segment.length;
}

/** Where the character before `index` begins. */
export function characterBefore(text: string, index: number): number {
  if (index <= 0) return 0;
  const around = aroundLine(text, index - 1);
  const piece = graphemes.segment(around.line).containing(index - 1 - around.start);
  return piece === undefined ? index - 1 : around.start + piece.index;
}

/** Where the character after `index` ends. */
export function characterAfter(text: string, index: number): number {
  if (index >= text.length) return text.length;
  const around = aroundLine(text, index);
  const piece = graphemes.segment(around.line).containing(index - around.start);
  return piece === undefined ? index + 1 : around.start + piece.index + piece.segment.length;
}

/** Where the word before `index` begins; dictionary words in Chinese and Japanese. */
export function wordBefore(text: string, index: number): number {
  let start = 0;
  for (const piece of words.segment(text.slice(0, index))) {
    if (piece.isWordLike) start = piece.index;
  }
  return snapToBoundary(text, start);
}

/** Where the word at or after `index` ends. */
export function wordAfter(text: string, index: number): number {
  for (const piece of words.segment(text.slice(index))) {
    if (piece.isWordLike) return snapToBoundary(text, index + piece.index + piece.segment.length);
  }
  return text.length;
}

/** Where the run of non-spaces before `index` begins: what Ctrl-W takes in every shell. */
export function blankDelimitedBefore(text: string, index: number): number {
  return snapToBoundary(text, text.slice(0, index).search(/\S*\s*$/));
}

/** The start and end of the written line (not the wrapped one) that `index` is in; the end excludes the line break. */
export function lineAround(text: string, index: number): { readonly start: number; readonly end: number } {
  const start = index === 0 ? 0 : text.lastIndexOf('\n', index - 1) + 1;
  const next = text.indexOf('\n', index);
  return { start, end: next === -1 ? text.length : next };
}

/** A line break is always a boundary, so that one written line is enough to look at. */
function aroundLine(text: string, index: number): { readonly start: number; readonly line: string } {
  const { start, end } = lineAround(text, index);
  return { start, line: text.slice(start, end + 1) };
}
