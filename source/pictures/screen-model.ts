import stringWidth from 'string-width';
import { createStyle } from './text-style.ts';

export type Rectangle = {
  readonly row: number;
  readonly column: number;
  readonly columns: number;
  readonly rows: number;
};

/** What is on the screen under the pictures, followed from what Ink writes. */
export type ScreenModel = {
  readonly rows: number;
  readonly columns: number;
  write(text: string): void;
  /** Whether the writer is in the middle of a sequence, where nothing else may be written. */
  isWithinSequence(): boolean;
  resize(columns: number, rows: number): void;
  /** Whether anything but blanks is written in the area: then it belongs to the text. */
  hasText(area: Rectangle): boolean;
  /** Whether the area was written to, blanks included, since `forgetTouches`. */
  isTouched(area: Rectangle): boolean;
  forgetTouches(): void;
  /** By how many rows the screen has scrolled since this was asked last. */
  takeScroll(): number;
  /** What draws the text of an area again, leaving out cells for which `isSpared`. */
  redraw(area: Rectangle, isSpared: (row: number, column: number) => boolean): string;
  /** Puts cursor and style back to where the writer believes them to be. */
  restore(): string;
};

type Cell = {
  /** Empty for the right half of a wide character. */
  readonly text: string;
  readonly style: string;
};

const blank: Cell = { text: ' ', style: '' };

/** CSI, OSC and the other strings, two-character escapes, controls, or text up to the next of them. */
const token =
  /\u001b\[([0-?]*)[ -/]*([@-~])|\u001b[\]P_^X]([^\u0007\u001b]*(?:\u001b(?!\\)[^\u0007\u001b]*)*)(?:\u0007|\u001b\\)|\u001b[ -/]*([0-OQ-WYZ\\`a-~])|([\u0000-\u001a\u001c-\u001f\u007f])|([^\u0000-\u001f\u007f]+)/y;

/** Of these each is one cell, whatever follows: the screen is drawn with them. */
const narrow = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2199\u2500-\u25cf\u2800-\u28ff]*$/;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What ends the link of a style that has one; SGR does not. */
function endOf(style: string | null): string {
  return style?.includes('\u001b]8;') ? '\u001b]8;;\u001b\\' : '';
}

export function createScreenModel(columnCount: number, rowCount: number): ScreenModel {
  let columns = columnCount;
  let rows = rowCount;
  let cells = blankRows(rows);
  let touched = new Uint8Array(rows * columns);
  let row = 0;
  let column = 0;
  let isWrapPending = false;
  let saved = { row: 0, column: 0 };
  let rest = '';
  let scrolled = 0;
  const style = createStyle();

  function blankRows(count: number): Cell[][] {
    return Array.from({ length: count }, () => new Array<Cell>(columns).fill(blank));
  }

  function set(at: number, cell: Cell): void {
    const line = cells[row];
    if (line === undefined || at < 0 || at >= columns) return;
    // Half of a wide character is none.
    if (line[at]?.text === '' && cell.text !== '') line[at - 1] = blank;
    if (line[at + 1]?.text === '') line[at + 1] = blank;
    line[at] = cell;
    touched[row * columns + at] = 1;
  }

  function erase(fromRow: number, toRow: number, from: number, to: number): void {
    for (let y = Math.max(0, fromRow); y <= Math.min(toRow, rows - 1); y++) {
      cells[y]?.fill(blank, from, to);
      touched.fill(1, y * columns + from, y * columns + Math.min(to, columns));
    }
  }

  function moveTo(nextRow: number, nextColumn: number): void {
    row = Math.max(0, Math.min(nextRow, rows - 1));
    column = Math.max(0, Math.min(nextColumn, columns - 1));
    isWrapPending = false;
  }

  function lineFeed(): void {
    if (row < rows - 1) {
      row += 1;
      return;
    }
    cells.push(...blankRows(1));
    cells.shift();
    touched.fill(1);
    scrolled += 1;
  }

  function print(grapheme: string, width: number): void {
    if (width === 0) return;
    if (isWrapPending || column + width > columns) {
      column = 0;
      isWrapPending = false;
      lineFeed();
    }
    set(column, { text: grapheme, style: style.text() });
    if (width === 2) set(column + 1, { text: '', style: style.text() });
    isWrapPending = column + width >= columns;
    column = Math.min(column + width, columns - 1);
  }

  function printAll(text: string): void {
    if (narrow.test(text)) {
      for (const character of text) print(character, 1);
      return;
    }
    for (const { segment } of segmenter.segment(text)) print(segment, Math.min(2, stringWidth(segment)));
  }

  function control(code: string): void {
    if (code === '\n') {
      // The terminal is left to turn it into both.
      column = 0;
      isWrapPending = false;
      lineFeed();
    } else if (code === '\r') moveTo(row, 0);
    else if (code === '\b') moveTo(row, column - 1);
    else if (code === '\t') moveTo(row, (Math.floor(column / 8) + 1) * 8);
  }

  function sequence(parameters: string, final: string): void {
    if (final === 'm') return style.apply(parameters);
    if ((final === 'h' || final === 'l') && parameters === '?1049') {
      erase(0, rows - 1, 0, columns);
      return moveTo(0, 0);
    }
    const [first, second] = parameters.split(';').map((text) => Number.parseInt(text, 10) || 0);
    const count = Math.max(1, first ?? 1);
    switch (final) {
      case 'A':
        return moveTo(row - count, column);
      case 'B':
        return moveTo(row + count, column);
      case 'C':
        return moveTo(row, column + count);
      case 'D':
        return moveTo(row, column - count);
      case 'E':
        return moveTo(row + count, 0);
      case 'F':
        return moveTo(row - count, 0);
      case 'G':
        return moveTo(row, count - 1);
      case 'd':
        return moveTo(count - 1, column);
      case 'H':
      case 'f':
        return moveTo(count - 1, Math.max(1, second ?? 1) - 1);
      case 'J':
        if (first === 1) erase(0, row - 1, 0, columns);
        else if (first !== 2 && first !== 3) erase(row + 1, rows - 1, 0, columns);
        else return erase(0, rows - 1, 0, columns);
        return eraseInLine(first);
      case 'K':
        return eraseInLine(first);
      case 'X':
        return erase(row, row, column, Math.min(columns, column + count));
    }
  }

  function eraseInLine(how: number | undefined): void {
    if (how === 1) erase(row, row, 0, column + 1);
    else erase(row, row, how === 2 ? 0 : column, columns);
  }

  function cellsOf(area: Rectangle, test: (row: number, column: number) => boolean): boolean {
    const lastRow = Math.min(area.row + area.rows, rows);
    const lastColumn = Math.min(area.column + area.columns, columns);
    for (let y = Math.max(0, area.row); y < lastRow; y++)
      for (let x = Math.max(0, area.column); x < lastColumn; x++) if (test(y, x)) return true;
    return false;
  }

  return {
    get rows() {
      return rows;
    },
    get columns() {
      return columns;
    },
    write(text) {
      const all = rest + text;
      rest = '';
      token.lastIndex = 0;
      while (token.lastIndex < all.length) {
        const from = token.lastIndex;
        const match = token.exec(all);
        if (match === null) {
          // Cut off within a sequence: its end comes with the next write.
          rest = all.slice(from);
          break;
        }
        const [whole, parameters, final, string, short, code, plain] = match;
        if (final !== undefined) sequence(parameters ?? '', final);
        else if (string !== undefined) style.link(whole);
        else if (short === '7') saved = { row, column };
        else if (short === '8') moveTo(saved.row, saved.column);
        else if (code !== undefined) control(code);
        else if (plain !== undefined) printAll(plain);
      }
    },
    isWithinSequence: () => rest !== '',
    resize(nextColumns, nextRows) {
      const before = cells;
      columns = nextColumns;
      rows = nextRows;
      cells = blankRows(rows).map((line, y) => line.map((cell, x) => before[y]?.[x] ?? cell));
      touched = new Uint8Array(rows * columns).fill(1);
      moveTo(row, column);
    },
    hasText: (area) => cellsOf(area, (y, x) => cells[y]?.[x]?.text !== ' '),
    isTouched: (area) => cellsOf(area, (y, x) => touched[y * columns + x] === 1),
    forgetTouches: () => void touched.fill(0),
    takeScroll() {
      const count = scrolled;
      scrolled = 0;
      return count;
    },
    redraw(area, isSpared) {
      let text = '';
      let at: { row: number; column: number } | null = null;
      let shown: string | null = null;
      cellsOf(area, (y, x) => {
        if (isSpared(y, x)) return false;
        const isNew = at === null || at.row !== y || at.column !== x;
        // A wide character that reaches in from the left was cut by the picture.
        const from = isNew && cells[y]?.[x]?.text === '' ? Math.max(0, x - 1) : x;
        const cell = cells[y]?.[from] ?? blank;
        if (isNew) text += `\u001b[${y + 1};${from + 1}H`;
        if (shown !== cell.style) text += `${endOf(shown)}\u001b[0m${cell.style}`;
        text += cell.text;
        shown = cell.style;
        at = { row: y, column: x + 1 };
        return false;
      });
      return text + endOf(shown);
    },
    restore() {
      const plain = `\u001b[0m${style.text()}`;
      if (!isWrapPending) return `${plain}\u001b[${row + 1};${column + 1}H`;
      // No move brings back that the next character wraps: the one at the edge is written again.
      const isWide = cells[row]?.[column]?.text === '';
      const at = isWide ? column - 1 : column;
      const { text, style: ofCell } = cells[row]?.[at] ?? blank;
      return `\u001b[0m\u001b[${row + 1};${at + 1}H${ofCell}${text}${endOf(ofCell)}${plain}`;
    },
  };
}
