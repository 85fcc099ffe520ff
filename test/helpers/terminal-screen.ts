import xterm, { type IBufferCell, type Terminal } from '@xterm/headless';
import { currentWidths } from './terminal-widths.ts';

export type CellColour =
  | { readonly kind: 'default' }
  /** 0 to 15 are the theme's, 16 to 255 are fixed. */
  | { readonly kind: 'palette'; readonly index: number }
  /** 0xRRGGBB. */
  | { readonly kind: 'rgb'; readonly value: number };

export type Cell = {
  /** What is written in it; empty for a blank cell and for the second half of a wide one. */
  readonly text: string;
  /** 2 for the first half of a wide character, 0 for its second half. */
  readonly width: number;
  readonly foreground: CellColour;
  readonly background: CellColour;
  readonly isBold: boolean;
  readonly isDim: boolean;
  readonly isItalic: boolean;
  readonly isUnderlined: boolean;
  readonly isInverse: boolean;
};

/** What a program has told the terminal to be; a program that leaves must leave all of it as it was. */
export type TerminalModes = {
  readonly isAlternateScreen: boolean;
  readonly isCursorVisible: boolean;
  readonly isBracketedPaste: boolean;
  readonly isMouseTracked: boolean;
  /** Inside a synchronised update (DEC 2026): the screen is half drawn and a person does not see it yet. */
  readonly isFrameOpen: boolean;
};

/** A terminal emulator: takes what a program writes and says what a person sees. */
export type TerminalScreen = {
  write(bytes: Uint8Array, onParsed: () => void): void;
  resize(columns: number, rows: number): void;
  /** The visible lines, without trailing blanks. */
  lines(): string[];
  cellAt(column: number, row: number): Cell;
  cursor(): { readonly column: number; readonly row: number };
  modes(): TerminalModes;
  title(): string;
  /** Calls back with what the terminal answers to a program's questions (DA1, cursor position). */
  onAnswer(listener: (answer: string) => void): void;
  dispose(): void;
};

/** Makes an emulator of the given size in cells, without scroll-back. */
export function makeTerminalScreen(columns: number, rows: number): TerminalScreen {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 0, allowProposedApi: true });
  terminal.unicode.register(currentWidths);
  terminal.unicode.activeVersion = currentWidths.version;
  let title = '';
  terminal.onTitleChange((newTitle) => {
    title = newTitle;
  });
  const isCursorVisible = followCursor(terminal);
  return {
    write: (bytes, onParsed) => terminal.write(bytes, onParsed),
    resize: (newColumns, newRows) => terminal.resize(newColumns, newRows),
    lines: () => Array.from({ length: terminal.rows }, (_, row) => lineAt(terminal, row)),
    cellAt(column, row) {
      const cell = terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row)?.getCell(column);
      if (!cell) throw new RangeError(`There is no cell at column ${column} of row ${row}.`);
      return readCell(cell);
    },
    cursor: () => ({ column: terminal.buffer.active.cursorX, row: terminal.buffer.active.cursorY }),
    modes: () => ({
      isAlternateScreen: terminal.buffer.active.type === 'alternate',
      isCursorVisible: isCursorVisible(),
      isBracketedPaste: terminal.modes.bracketedPasteMode,
      isMouseTracked: terminal.modes.mouseTrackingMode !== 'none',
      isFrameOpen: terminal.modes.synchronizedOutputMode,
    }),
    title: () => title,
    onAnswer: (listener) => {
      terminal.onData(listener);
    },
    dispose: () => terminal.dispose(),
  };
}

function lineAt(terminal: Terminal, row: number): string {
  const { active } = terminal.buffer;
  return active.getLine(active.viewportY + row)?.translateToString(true, 0, terminal.cols) ?? '';
}

/** The emulator keeps DECTCEM to itself: listen in on the sequences that set it. */
function followCursor(terminal: Terminal): () => boolean {
  let isVisible = true;
  const listen = (final: 'h' | 'l', visible: boolean) =>
    terminal.parser.registerCsiHandler({ prefix: '?', final }, (params) => {
      if (params.includes(25)) isVisible = visible;
      return false;
    });
  listen('h', true);
  listen('l', false);
  return () => isVisible;
}

function readCell(cell: IBufferCell): Cell {
  return {
    text: cell.getChars(),
    width: cell.getWidth(),
    foreground: colour(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor()),
    background: colour(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor()),
    isBold: cell.isBold() !== 0,
    isDim: cell.isDim() !== 0,
    isItalic: cell.isItalic() !== 0,
    isUnderlined: cell.isUnderline() !== 0,
    isInverse: cell.isInverse() !== 0,
  };
}

function colour(isRgb: boolean, isPalette: boolean, value: number): CellColour {
  if (isRgb) return { kind: 'rgb', value };
  return isPalette ? { kind: 'palette', index: value } : { kind: 'default' };
}
