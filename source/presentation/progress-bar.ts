/** The characters of a bar: a full cell, a cell whose left half is full (null where there is none), and an empty one. */
export type BarGlyphs = { readonly full: string; readonly half: string | null; readonly empty: string };

export const lineBar: BarGlyphs = { full: '━', half: '╸', empty: '─' };

export const asciiBar: BarGlyphs = { full: '=', half: null, empty: '-' };

/** A bar of `width` columns in its two parts, which are to be drawn in different roles; `fraction` outside 0 to 1 is clamped. */
export function drawBar(fraction: number, width: number, glyphs: BarGlyphs): { done: string; rest: string } {
  const share = Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0;
  const halves = Math.floor(share * width * 2);
  const fullCount = Math.floor(halves / 2);
  const half = halves % 2 === 1 ? (glyphs.half ?? '') : '';
  const done = glyphs.full.repeat(fullCount) + half;
  return { done, rest: glyphs.empty.repeat(width - fullCount - (half === '' ? 0 : 1)) };
}
