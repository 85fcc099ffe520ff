import type { PictureChoice, PictureProtocol, PictureTerminal } from './picture-protocol.ts';
import type { PixelSize, TerminalAnswers } from './terminal-answers.ts';

/** What tmux says of the terminal it runs in. */
export type TmuxFacts = {
  readonly allowsPassthrough: boolean;
  /** As the terminal names itself, such as `kitty(0.36.1)`, or its TERM. */
  readonly terminal: string;
  readonly features: readonly string[];
};

export type TerminalFacts = {
  readonly choice: PictureChoice;
  readonly answers: TerminalAnswers;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** In cells. */
  readonly window: { readonly columns: number; readonly rows: number };
  /** Null where there is no tmux, or it does not answer. */
  readonly tmux: TmuxFacts | null;
};

/** Half as wide as high, as most are; for what a terminal does not tell. */
const usualCell: PixelSize = { width: 10, height: 20 };

/** Terminals that show all colours, as they name themselves. */
const trueColour = /kitty|ghostty|wezterm|iterm2|foot|konsole|contour|alacritty|mintty|xterm\(|vte|rio/i;

/** Terminals that draw kitty's placeholders, kitty itself from 0.28 on. */
const withPlaceholders = /ghostty|kitty(?!\(0\.(?:\d|1\d|2[0-7])\.)/i;

/** Whether kitty's pictures may come through tmux to a terminal that has placeholders for them. */
export function mayTakeKitty(tmux: TmuxFacts | null): boolean {
  return tmux?.allowsPassthrough === true && withPlaceholders.test(tmux.terminal);
}

/** Puts together what was answered; nothing is believed of the environment but what only it can tell. */
export function chooseTerminal(facts: TerminalFacts): PictureTerminal {
  const { choice, answers, environment } = facts;
  const isTmux = isInTmux(facts);
  const cell = cellOf(facts);
  return {
    protocol: choice === 'auto' ? chooseProtocol(facts, isTmux) : choice,
    cellWidth: cell.width,
    cellHeight: cell.height,
    isTmux,
    hasTrueColor:
      /^(?:truecolor|24bit)$/i.test(environment.COLORTERM ?? '') ||
      (isTmux ? (facts.tmux?.features.includes('RGB') ?? false) : trueColour.test(answers.name ?? '')),
  };
}

/** A tmux on the other side of an SSH line is known by its name alone. */
function isInTmux({ answers, environment }: TerminalFacts): boolean {
  return Boolean(environment.TMUX) || /^tmux/i.test(answers.name ?? '');
}

function chooseProtocol({ answers, tmux }: TerminalFacts, isTmux: boolean): PictureProtocol {
  const hasSixel = answers.attributes?.includes(4) ?? false;
  if (isTmux) {
    if (answers.takesKitty && mayTakeKitty(tmux)) return 'kitty';
    // tmux says that it takes them also where its terminal does not, and writes a text instead then.
    return hasSixel && tmux?.features.includes('sixel') ? 'sixel' : 'blocks';
  }
  if (answers.takesKitty) return 'kitty';
  if (answers.speaksIterm2 || /^(?:iterm2|wezterm|mintty)/i.test(answers.name ?? '')) return 'iterm2';
  return hasSixel ? 'sixel' : 'blocks';
}

function cellOf({ answers, window }: TerminalFacts): PixelSize {
  const { cell, text, sixel } = answers;
  const ofWhole = (whole: PixelSize | null): PixelSize | null =>
    whole && {
      width: Math.floor(whole.width / window.columns),
      height: Math.floor(whole.height / window.rows),
    };
  return [cell, ofWhole(text), ofWhole(sixel)].find((size) => size !== null && isLikely(size)) ?? usualCell;
}

/** Some terminals answer with zeros, or with the size of something else. */
function isLikely({ width, height }: PixelSize): boolean {
  return width >= 3 && width <= 100 && height >= 6 && height <= 200 && height / width <= 4 && width <= height;
}
