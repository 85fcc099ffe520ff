import { paintLine, spansWidth } from '../text/paint.ts';
import type { Span } from '../text/span.ts';
import type { Theme } from '../theme.ts';

export type Panel = {
  /** Set into the upper border at the left; cut where `end` begins. */
  readonly title: readonly Span[];
  /** Set into the upper border at the right; left out where there is no room. */
  readonly end?: readonly Span[];
  readonly width: number;
  readonly height: number;
  /** Painted to `width - 4` columns; those that do not fit are cut off, missing ones are blank. */
  readonly lines: readonly string[];
  readonly isFocused?: boolean;
};

/** A bordered part of the screen as `height` lines of `width` columns, parted by newlines. */
export function paintPanel(panel: Panel, theme: Theme): string {
  const { width, height, lines } = panel;
  const { glyphs } = theme;
  const border = (text: string) =>
    paintLine([{ text, role: panel.isFocused ? 'accent' : 'quiet' }], text.length, theme);
  const side = border(glyphs.vertical);
  const blank = ' '.repeat(Math.max(0, width - 4));
  const body = Array.from(
    { length: Math.max(0, height - 2) },
    (_, index) => `${side} ${lines[index] ?? blank} ${side}`,
  );
  const bottom = glyphs.bottomLeft + glyphs.horizontal.repeat(Math.max(0, width - 2)) + glyphs.bottomRight;
  return [paintTop(panel, theme), ...body, border(bottom)].join('\n');
}

function paintTop({ title, end = [], width, isFocused }: Panel, theme: Theme): string {
  const { glyphs } = theme;
  const role = isFocused ? 'accent' : 'quiet';
  const rule = (count: number): Span => ({ text: glyphs.horizontal.repeat(Math.max(0, count)), role });
  const inside = width - 2;
  const endWidth = end.length === 0 ? 0 : spansWidth(end) + 3;
  const hasEnd = endWidth > 0 && endWidth + 8 <= inside;
  const room = inside - 2 - (hasEnd ? endWidth : 0);
  const titleWidth = Math.min(spansWidth(title), room - 1);
  const isTitled = titleWidth > 0;
  const left = isTitled ? ` ${paintLine(title, titleWidth, theme)} ` : '';
  const right = hasEnd ? ` ${paintLine(end, endWidth - 3, theme)} ` : '';
  const middle = inside - (isTitled ? titleWidth + 2 : 0) - (hasEnd ? endWidth : 0);
  return (
    paintLine([{ text: glyphs.topLeft, role }], 1, theme) +
    left +
    paintLine([rule(middle)], Math.max(0, middle), theme) +
    right +
    paintLine([{ text: hasEnd ? glyphs.horizontal : '', role }], hasEnd ? 1 : 0, theme) +
    paintLine([{ text: glyphs.topRight, role }], 1, theme)
  );
}
