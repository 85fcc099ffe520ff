import type { Role } from './text/span.ts';

/** The characters that drawing uses; the ASCII set is for terminals whose locale is not UTF-8. */
export type Glyphs = {
  readonly isAscii: boolean;
  readonly ellipsis: string;
  readonly horizontal: string;
  readonly vertical: string;
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
  readonly bottomRight: string;
  readonly bullet: string;
  readonly pointer: string;
};

export type Theme = {
  /** SGR parameters for each role; null where the role looks like plain text. */
  readonly sgr: Readonly<Record<Role, string | null>>;
  readonly glyphs: Glyphs;
};

const unicodeGlyphs: Glyphs = {
  isAscii: false,
  ellipsis: '…',
  horizontal: '─',
  vertical: '│',
  topLeft: '╭',
  topRight: '╮',
  bottomLeft: '╰',
  bottomRight: '╯',
  bullet: '·',
  pointer: '›',
};

const asciiGlyphs: Glyphs = {
  isAscii: true,
  ellipsis: '~',
  horizontal: '-',
  vertical: '|',
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
  bullet: '-',
  pointer: '>',
};

/** The sixteen palette colours only, so that the user's own palette and light backgrounds are respected. */
const coloured: Theme['sgr'] = {
  plain: null,
  strong: '1',
  quiet: '2',
  accent: '36',
  good: '32',
  warning: '33',
  bad: '31',
  selected: '7',
};

const uncoloured: Theme['sgr'] = {
  plain: null,
  strong: '1',
  quiet: null,
  accent: '1',
  good: null,
  warning: '1',
  bad: '1',
  selected: '7',
};

/** The look for a terminal; without colour, weight and reverse video still carry the roles, and words always do. */
export function createTheme(options: { readonly hasColour: boolean; readonly hasUnicode: boolean }): Theme {
  return {
    sgr: options.hasColour ? coloured : uncoloured,
    glyphs: options.hasUnicode ? unicodeGlyphs : asciiGlyphs,
  };
}

/** The same look without anything that stands out, for what may be true no more; the selected row stays visible. */
export function dimmed(theme: Theme): Theme {
  const { quiet, selected } = theme.sgr;
  const sgr: Theme['sgr'] = {
    plain: quiet,
    strong: quiet,
    quiet,
    accent: quiet,
    good: quiet,
    warning: quiet,
    bad: quiet,
    selected,
  };
  return { ...theme, sgr };
}
