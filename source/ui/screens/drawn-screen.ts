import type { Span } from '../text/span.ts';

/** A screen made of panels one above the other, drawn from values alone. */
export type DrawnScreen = {
  readonly panels: readonly DrawnPanel[];
  /** Where text is typed, from the screen's own top left cell; null where none is. */
  readonly cursor: { readonly x: number; readonly y: number } | null;
};

export type DrawnPanel = {
  /** Unlike its title this never changes. */
  readonly name: string;
  readonly title: readonly Span[];
  readonly end: readonly Span[];
  readonly height: number;
  readonly lines: readonly string[];
  readonly isFocused: boolean;
};
