import { drawRows } from './draw-rows.ts';
import type { CellSize } from './pixels.ts';
import { placeholderMarks } from './placeholder-marks.ts';
import { throughTmux } from './through-tmux.ts';

/** Base64 that one sequence may carry (kitty's graphics protocol). */
const chunkLength = 4096;

/** What makes, shows and removes a picture in kitty's graphics protocol. */
export type KittySequences = {
  /** Hands the picture over and shows it. */
  readonly draw: string;
  /** Shows it again where the terminal still has it. */
  readonly redraw: string;
  /** Shows it no longer, and keeps it. */
  readonly hide: string;
  /** Forgets it. */
  readonly remove: string;
};

/** The most rows of a picture that is shown by placeholders. */
export const mostPlaceholderRows = placeholderMarks.length;

/**
 * Ids for one maker's pictures, one after the other from a start of its own, because other programs in the same terminal have theirs. Only the
 * highest and lowest of the four bytes are used: the lowest is the foreground colour of a placeholder, of the 256 that come through every tmux.
 */
export function createKittyIds(start: number): () => number {
  let next = start;
  return () => {
    next += 1;
    const low = 1 + (next % 255);
    const high = 1 + (Math.floor(next / 255) % (placeholderMarks.length - 1));
    return high * 2 ** 24 + low;
  };
}

/** The sequences for a PNG in base64 under an id; within tmux the cells hold placeholders, which it moves and clips like any text. */
export function kittySequences(png: string, id: number, size: CellSize, isTmux: boolean): KittySequences {
  const area = `c=${size.columns},r=${size.rows}`;
  const wrap = isTmux ? throughTmux : (sequence: string) => sequence;
  const remove = wrap(command(`a=d,d=I,i=${id},q=2`));
  if (isTmux) {
    const cells = placeholders(id, size);
    return {
      draw: transmit(png, `a=T,U=1,f=100,i=${id},${area},q=2`).map(wrap).join('') + cells,
      redraw: cells,
      hide: '',
      remove,
    };
  }
  // C=1: the cursor stays.
  return {
    draw: transmit(png, `a=T,f=100,i=${id},p=1,${area},C=1,q=2`).join(''),
    redraw: command(`a=p,i=${id},p=1,${area},C=1,q=2`),
    hide: command(`a=d,d=i,i=${id},q=2`),
    remove,
  };
}

/** Bytes beside the base64 itself. */
export function kittyOverhead(pngLength: number, size: CellSize, isTmux: boolean): number {
  const chunkCount = Math.ceil(pngLength / chunkLength);
  if (!isTmux) return 60 + chunkCount * 10;
  return 80 + chunkCount * 24 + size.rows * (size.columns * 4 + 30);
}

function transmit(png: string, control: string): string[] {
  const sequences: string[] = [];
  for (let start = 0; start < png.length; start += chunkLength) {
    const isLast = start + chunkLength >= png.length;
    const keys = [
      ...(start === 0 ? [control] : []),
      ...(start === 0 && isLast ? [] : [`m=${isLast ? 0 : 1}`]),
    ];
    sequences.push(command(keys.join(','), png.slice(start, start + chunkLength)));
  }
  return sequences;
}

function command(control: string, payload = ''): string {
  return `\u001b_G${control}${payload === '' ? '' : `;${payload}`}\u001b\\`;
}

/**
 * The first cell of each row says which row and picture it is of; those to its right need no marks, because each goes on from its left
 * neighbour.
 */
function placeholders(id: number, { columns, rows }: CellSize): string {
  const colour = `\u001b[38;5;${id % 256}m`;
  const high = placeholderMarks[Math.floor(id / 2 ** 24)];
  const lines = Array.from({ length: rows }, (_, row) => {
    const first = `\u{10eeee}${placeholderMarks[row]}${placeholderMarks[0]}${high}`;
    return `${colour}${first}${'\u{10eeee}'.repeat(columns - 1)}`;
  });
  return drawRows(lines);
}
