import { createLineSpeed } from './line-speed.ts';
import type { Picture } from './make-picture.ts';
import type { PictureTerminal } from './picture-protocol.ts';
import { createScreenModel, type Rectangle } from './screen-model.ts';

export type PlacedPicture = {
  /** Tells it from the others that are placed at the same time. */
  readonly key: string;
  /** Of its top left cell, from 0. */
  readonly row: number;
  readonly column: number;
  readonly picture: Picture;
};

/** Pictures over the screen that Ink draws. */
export type PictureLayer = {
  /** Given to Ink's render as stdout. */
  readonly stdout: NodeJS.WriteStream;
  /**
   * Puts pictures at these cells, replacing what was placed before; only what is new or was hit by Ink's writing is sent again. A picture
   * shows where its cells are blank in what Ink drew: one that text lies over is hidden until that has gone.
   */
  place(pictures: readonly PlacedPicture[]): void;
  /** Takes all away (leaving, overlay, suspend). */
  clear(): void;
  /** Bytes of pictures sent so far, those that take them away included. */
  readonly sentByteCount: number;
  /** What one picture may have on this line, as measured so far; for `createPictureMaker`. */
  byteBudget(): number;
};

/** Pictures that a terminal like kitty is left to keep, so that scrolling back to one costs some bytes and not all of them. */
const mostKept = 64;

const leaveAlternateScreen = '\u001b[?1049l';

/** Draws over what goes through its `stdout`, always in the same turn, so that text and pictures reach the terminal as one frame. */
export function createPictureLayer(stdout: NodeJS.WriteStream, terminal: PictureTerminal): PictureLayer {
  const model = createScreenModel(stdout.columns || 80, stdout.rows || 24);
  const write: (text: string, callback: () => void) => unknown = (text, callback) =>
    stdout.write(text, callback);
  let wanted: readonly PlacedPicture[] = [];
  /** On the screen now. */
  let shown: PlacedPicture[] = [];
  /** Of these, the ones that have been hit while the terminal was busy. */
  const stale = new Set<PlacedPicture>();
  /** Pictures that the terminal keeps, the one longest unused first, by what removes them. */
  const kept = new Set<string>();
  const line = createLineSpeed(terminal.roundTripMs);
  let sentByteCount = 0;
  let isScheduled = false;
  let isBusy = false;

  function schedule(): void {
    if (isScheduled || (wanted.length === 0 && shown.length === 0)) return;
    isScheduled = true;
    queueMicrotask(() => {
      isScheduled = false;
      // Its end comes with the next write, which schedules anew.
      if (!model.isWithinSequence()) update();
    });
  }

  function update(): void {
    followScroll();
    const leaving: PlacedPicture[] = [];
    const hit: PlacedPicture[] = [];
    for (const placed of shown) {
      if (!wanted.some((other) => isSame(other, placed)) || !isFree(placed)) leaving.push(placed);
      else if (stale.has(placed) || model.isTouched(areaOf(placed))) hit.push(placed);
    }
    const coming = wanted.filter((placed) => isFree(placed) && !shown.some((other) => isSame(other, placed)));
    model.forgetTouches();
    // While the terminal has not taken the last ones, more would only pile up; what has to go goes.
    const drawn = isBusy ? [] : [...hit, ...coming];
    for (const placed of isBusy ? hit : []) stale.add(placed);
    for (const placed of [...leaving, ...drawn]) stale.delete(placed);
    shown = [...shown.filter((placed) => !leaving.includes(placed)), ...(isBusy ? [] : coming)];
    const text = hide(leaving, drawn) + drawn.map(draw).join('') + forgetOldest();
    if (text !== '') send(text);
  }

  /** Pictures scroll with the text: they are taken away from where they are now, and drawn again where they belong. */
  function followScroll(): void {
    const distance = model.takeScroll();
    if (distance === 0) return;
    const text = hide(
      shown.map((placed) => ({ ...placed, row: placed.row - distance })),
      [],
    );
    shown = [];
    stale.clear();
    if (text !== '') send(text);
  }

  function send(text: string): void {
    const whole = text + model.restore();
    sentByteCount += Buffer.byteLength(whole);
    isBusy = true;
    const startedAt = performance.now();
    write(whole, () => {
      isBusy = false;
      line.took(whole.length, performance.now() - startedAt);
      schedule();
    });
  }

  /** Whether nothing but blanks is where it is to be, all of it on the screen. */
  function isFree(placed: PlacedPicture): boolean {
    const area = areaOf(placed);
    const isInside =
      area.row >= 0 &&
      area.column >= 0 &&
      area.row + area.rows <= model.rows &&
      area.column + area.columns <= model.columns;
    return isInside && !model.hasText(area);
  }

  function draw({ row, column, picture }: PlacedPicture): string {
    const isKept = picture.kept !== undefined && kept.delete(picture.remove);
    if (picture.kept !== undefined) kept.add(picture.remove);
    const data = isKept ? picture.kept?.redraw : picture.data;
    return `\u001b[${row + 1};${column + 1}H${data}`;
  }

  /**
   * Takes pictures away and writes again what Ink has in their cells, but for those that others are drawn over at once.
   */
  function hide(leaving: readonly PlacedPicture[], drawn: readonly PlacedPicture[]): string {
    let text = '';
    for (const placed of leaving) {
      const { kept: keeping } = placed.picture;
      if (keeping && keeping.hide !== '') text += keeping.hide;
      else
        text += model.redraw(areaOf(placed), (row, column) =>
          drawn.some((other) => isWithin(other, row, column)),
        );
    }
    return text;
  }

  /** The last row of a sixel picture may be a few pixels short of its cells. */
  function isWithin({ row, column, picture }: PlacedPicture, y: number, x: number): boolean {
    const rows = terminal.protocol === 'sixel' ? picture.rows - 1 : picture.rows;
    return y >= row && y < row + rows && x >= column && x < column + picture.columns;
  }

  function forgetOldest(): string {
    let text = '';
    for (const remove of kept) {
      if (kept.size <= mostKept) break;
      if (shown.some(({ picture }) => picture.remove === remove)) continue;
      kept.delete(remove);
      text += remove;
    }
    return text;
  }

  function clear(): void {
    wanted = [];
    followScroll();
    const text = hide(shown, []) + [...kept].join('');
    shown = [];
    stale.clear();
    kept.clear();
    model.forgetTouches();
    if (text !== '') send(text);
  }

  const ownWrite = (chunk: string | Uint8Array, ...others: readonly unknown[]): boolean => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    // Pictures belong to the screen that is left, and some terminals would show them on the other.
    if (text.includes(leaveAlternateScreen)) clear();
    model.write(text);
    schedule();
    return Reflect.apply(stdout.write, stdout, [chunk, ...others]);
  };

  stdout.on('resize', () => {
    model.resize(stdout.columns || 80, stdout.rows || 24);
    // What becomes of pictures then differs from terminal to terminal: all are taken away and drawn anew.
    const text = hide(shown, []);
    shown = [];
    if (text !== '') send(text);
    schedule();
  });

  const proxy = new Proxy(stdout, {
    get(target, property) {
      if (property === 'write') return ownWrite;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, property, value) => Reflect.set(target, property, value, target),
  });

  return {
    stdout: proxy,
    place(pictures) {
      wanted = pictures;
      schedule();
    },
    clear,
    byteBudget: () => line.byteBudget(),
    get sentByteCount() {
      return sentByteCount;
    },
  };
}

function areaOf({ row, column, picture }: PlacedPicture): Rectangle {
  return { row, column, columns: picture.columns, rows: picture.rows };
}

function isSame(one: PlacedPicture, other: PlacedPicture): boolean {
  return (
    one.key === other.key &&
    one.row === other.row &&
    one.column === other.column &&
    one.picture === other.picture
  );
}
