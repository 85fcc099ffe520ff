import sharp from 'sharp';
import { placeholderMarks } from '../../source/pictures/placeholder-marks.ts';

export type Region = {
  readonly row: number;
  readonly column: number;
  readonly columns: number;
  readonly rows: number;
};

export type PictureTerminalOptions = {
  readonly columns: number;
  readonly rows: number;
  readonly cellWidth?: number;
  readonly cellHeight?: number;
  /** Lets kitty's sequences through only as tmux does. */
  readonly isTmux?: boolean;
};

type Bitmap = { readonly width: number; readonly height: number; readonly rgb: Buffer };

type Placement = { readonly id: number; row: number; column: number; columns: number; rows: number };

type Cell = { text: string; marks: string; ink: string };

const black = [0, 0, 0] as const;
const white = [229, 229, 229] as const;

/**
 * A terminal that draws pictures, as far as pixels: half-blocks, sixel, iTerm2's and kitty's, with placeholders. Text that is no half-block is
 * a cell of its background; what it says is in `lineAt`.
 */
export class PictureTerminalEmulator {
  readonly #columns: number;
  readonly #rows: number;
  readonly #cellWidth: number;
  readonly #cellHeight: number;
  readonly #isTmux: boolean;
  #pixels: Buffer;
  #cells: Cell[][];
  #images = new Map<number, Buffer>();
  #placements = new Map<number, Placement>();
  #virtual = new Map<number, { columns: number; rows: number }>();
  #upload: { control: Map<string, string>; payload: string } | null = null;
  #row = 0;
  #column = 0;
  #isWrapPending = false;
  #saved = { row: 0, column: 0, ink: white as readonly number[], paper: black as readonly number[] };
  #ink: readonly number[] = white;
  #paper: readonly number[] = black;
  #inkCode = '';
  /** Sequences that no terminal of this kind would know. */
  readonly strange: string[] = [];

  constructor(options: PictureTerminalOptions) {
    this.#columns = options.columns;
    this.#rows = options.rows;
    this.#cellWidth = options.cellWidth ?? 10;
    this.#cellHeight = options.cellHeight ?? 20;
    this.#isTmux = options.isTmux ?? false;
    this.#pixels = Buffer.alloc(this.#columns * this.#cellWidth * this.#rows * this.#cellHeight * 3);
    this.#cells = Array.from({ length: this.#rows }, () => this.#blankLine());
  }

  async write(text: string): Promise<void> {
    const token =
      /\u001b\[([0-?]*)([ -/]*)([@-~])|\u001bP([\s\S]*?)(?<!\u001b)\u001b\\|\u001b_([\s\S]*?)\u001b\\|\u001b\]([\s\S]*?)(?:\u0007|\u001b\\)|\u001b[ -/]*([0-~])|([\u0000-\u001a\u001c-\u001f])|([^\u0000-\u001f])/uy;
    while (token.lastIndex < text.length) {
      const from = token.lastIndex;
      const match = token.exec(text);
      if (match === null) {
        this.strange.push(text.slice(from, from + 40));
        return;
      }
      const [, parameters, , final, device, application, system, short, control, character] = match;
      if (final !== undefined) this.#sequence(parameters ?? '', final);
      else if (device !== undefined) await this.#device(device);
      else if (application !== undefined) {
        if (!this.#isTmux) this.#kitty(application);
      } else if (system !== undefined) await this.#system(system);
      else if (short !== undefined) this.#escape(short);
      else if (control !== undefined) this.#control(control);
      else if (character !== undefined) this.#print(character);
    }
  }

  lineAt(row: number): string {
    return (this.#cells[row] ?? [])
      .map(({ text }) => text)
      .join('')
      .trimEnd();
  }

  get cursor(): { readonly row: number; readonly column: number } {
    return { row: this.#row, column: this.#column };
  }

  /** Pictures of kitty's that the terminal holds. */
  get imageCount(): number {
    return this.#images.size;
  }

  /** What the screen shows there. */
  async see(region: Region): Promise<Bitmap> {
    const width = this.#columns * this.#cellWidth;
    const height = this.#rows * this.#cellHeight;
    const pixels = Buffer.from(this.#pixels);
    for (const { id, column, row, columns, rows } of this.#placements.values()) {
      const whole = await this.#scaled(id, columns, rows);
      this.#paint(pixels, { row, column }, whole, { row: 0, column: 0, columns, rows });
    }
    await this.#paintPlaceholders(pixels);
    const raw = { width, height, channels: 3 } as const;
    const area = {
      left: region.column * this.#cellWidth,
      top: region.row * this.#cellHeight,
      width: region.columns * this.#cellWidth,
      height: region.rows * this.#cellHeight,
    };
    const rgb = await sharp(pixels, { raw }).extract(area).raw().toBuffer();
    return { width: area.width, height: area.height, rgb };
  }

  async png(): Promise<Buffer> {
    const { width, height, rgb } = await this.see({
      row: 0,
      column: 0,
      columns: this.#columns,
      rows: this.#rows,
    });
    return sharp(rgb, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
  }

  /** Every cell of kitty's placeholders, each with its part of its picture; its place follows from its left neighbour where it is unmarked. */
  async #paintPlaceholders(pixels: Buffer): Promise<void> {
    const wholes = new Map<number, Bitmap>();
    for (const [row, line] of this.#cells.entries()) {
      let last: { row: number; column: number; high: number; ink: string } | null = null;
      for (const [column, cell] of line.entries()) {
        if (cell.text !== '\u{10eeee}') {
          last = null;
          continue;
        }
        const marks = [...cell.marks].map((mark) => placeholderMarks.indexOf(mark));
        const isNext: boolean = marks.length === 0 && last !== null && last.ink === cell.ink;
        const place: { row: number; column: number; high: number; ink: string } = {
          row: marks[0] ?? (isNext ? (last?.row ?? 0) : 0),
          column: marks[1] ?? (isNext ? (last?.column ?? 0) + 1 : 0),
          high: marks[2] ?? (isNext ? (last?.high ?? 0) : 0),
          ink: cell.ink,
        };
        last = place;
        const low = Number(/^38;5;(\d+)$/.exec(cell.ink)?.[1] ?? Number.NaN);
        const id = place.high * 2 ** 24 + low;
        const size = this.#virtual.get(id);
        if (!size || place.row >= size.rows || place.column >= size.columns) continue;
        const whole = wholes.get(id) ?? (await this.#scaled(id, size.columns, size.rows));
        wholes.set(id, whole);
        this.#paint(pixels, { row, column }, whole, { ...place, columns: 1, rows: 1 });
      }
    }
  }

  /** Copies cells of a picture to a place on the screen, as far as it is on the screen. */
  #paint(pixels: Buffer, at: { row: number; column: number }, { width, rgb }: Bitmap, from: Region): void {
    const columns = Math.min(from.columns, this.#columns - at.column);
    const rows = Math.min(from.rows, this.#rows - at.row);
    const lineBytes = columns * this.#cellWidth * 3;
    for (let y = 0; y < rows * this.#cellHeight; y++) {
      const source = ((from.row * this.#cellHeight + y) * width + from.column * this.#cellWidth) * 3;
      const target = (at.row * this.#cellHeight + y) * this.#columns * this.#cellWidth;
      rgb.copy(pixels, (target + at.column * this.#cellWidth) * 3, source, source + lineBytes);
    }
  }

  async #scaled(id: number, columns: number, rows: number): Promise<Bitmap> {
    const [width, height] = [columns * this.#cellWidth, rows * this.#cellHeight];
    const rgb = await sharp(this.#images.get(id))
      .resize(width, height, { fit: 'fill' })
      .removeAlpha()
      .raw()
      .toBuffer();
    return { width, height, rgb };
  }

  #blankLine(): Cell[] {
    return Array.from({ length: this.#columns }, () => ({ text: ' ', marks: '', ink: '' }));
  }

  #moveTo(row: number, column: number): void {
    this.#row = Math.max(0, Math.min(row, this.#rows - 1));
    this.#column = Math.max(0, Math.min(column, this.#columns - 1));
    this.#isWrapPending = false;
  }

  #lineFeed(): void {
    if (this.#row < this.#rows - 1) {
      this.#row += 1;
      return;
    }
    this.#cells.shift();
    this.#cells.push(this.#blankLine());
    const lineBytes = this.#columns * this.#cellWidth * this.#cellHeight * 3;
    this.#pixels = Buffer.concat([this.#pixels.subarray(lineBytes), Buffer.alloc(lineBytes)]);
    for (const placement of this.#placements.values()) placement.row -= 1;
  }

  #control(code: string): void {
    if (code === '\n') {
      this.#column = 0;
      this.#isWrapPending = false;
      this.#lineFeed();
    } else if (code === '\r') this.#moveTo(this.#row, 0);
    else if (code !== '\u0007') this.strange.push(code);
  }

  #escape(code: string): void {
    if (code === '7')
      this.#saved = { row: this.#row, column: this.#column, ink: this.#ink, paper: this.#paper };
    else if (code === '8') {
      this.#moveTo(this.#saved.row, this.#saved.column);
      this.#ink = this.#saved.ink;
      this.#paper = this.#saved.paper;
    } else this.strange.push(`ESC ${code}`);
  }

  #sequence(parameters: string, final: string): void {
    if (final === 'm') return this.#style(parameters);
    if (/^[?>]/.test(parameters)) {
      if (/^\?1049$/.test(parameters)) this.#eraseCells(0, this.#rows, 0, this.#columns);
      return;
    }
    const [first = 0, second = 0] = parameters.split(';').map((text) => Number.parseInt(text, 10) || 0);
    const count = Math.max(1, first);
    if (final === 'A') this.#moveTo(this.#row - count, this.#column);
    else if (final === 'B') this.#moveTo(this.#row + count, this.#column);
    else if (final === 'C') this.#moveTo(this.#row, this.#column + count);
    else if (final === 'D') this.#moveTo(this.#row, this.#column - count);
    else if (final === 'E') this.#moveTo(this.#row + count, 0);
    else if (final === 'G') this.#moveTo(this.#row, count - 1);
    else if (final === 'H') this.#moveTo(count - 1, Math.max(1, second) - 1);
    else if (final === 'K')
      this.#eraseCells(this.#row, this.#row + 1, first === 2 ? 0 : this.#column, this.#columns);
    else if (final === 'J') {
      if (first === 2) this.#placements.clear();
      if (first >= 2) this.#eraseCells(0, this.#rows, 0, this.#columns);
      else {
        this.#eraseCells(this.#row, this.#row + 1, this.#column, this.#columns);
        this.#eraseCells(this.#row + 1, this.#rows, 0, this.#columns);
      }
    } else if (!/[ct]/.test(final)) this.strange.push(`CSI ${parameters}${final}`);
  }

  #style(parameters: string): void {
    const codes = (parameters === '' ? '0' : parameters).split(';').map(Number);
    for (let at = 0; at < codes.length; at++) {
      const code = codes[at] ?? 0;
      if (code === 0) {
        this.#ink = white;
        this.#paper = black;
        this.#inkCode = '';
      } else if (code === 38 || code === 48) {
        const isTrue = codes[at + 1] === 2;
        const colour = isTrue ? codes.slice(at + 2, at + 5) : xtermColour(codes[at + 2] ?? 0);
        if (code === 38) {
          this.#ink = colour;
          this.#inkCode = codes.slice(at, at + (isTrue ? 5 : 3)).join(';');
        } else this.#paper = colour;
        at += isTrue ? 4 : 2;
      } else if (code === 39) this.#ink = white;
      else if (code === 49) this.#paper = black;
    }
  }

  #eraseCells(fromRow: number, toRow: number, from: number, to: number): void {
    for (let row = fromRow; row < toRow; row++)
      for (let column = from; column < to; column++) {
        this.#set(row, column, { text: ' ', marks: '', ink: '' });
        this.#fill(row, column, black, black);
      }
  }

  #set(row: number, column: number, cell: Cell): void {
    const line = this.#cells[row];
    if (line) line[column] = cell;
  }

  #fill(row: number, column: number, upper: readonly number[], lower: readonly number[]): void {
    for (let y = 0; y < this.#cellHeight; y++)
      for (let x = 0; x < this.#cellWidth; x++)
        this.#dot(
          column * this.#cellWidth + x,
          row * this.#cellHeight + y,
          y < this.#cellHeight / 2 ? upper : lower,
        );
  }

  #dot(x: number, y: number, colour: readonly number[]): void {
    if (x >= this.#columns * this.#cellWidth || y >= this.#rows * this.#cellHeight) return;
    const at = (y * this.#columns * this.#cellWidth + x) * 3;
    this.#pixels[at] = colour[0] ?? 0;
    this.#pixels[at + 1] = colour[1] ?? 0;
    this.#pixels[at + 2] = colour[2] ?? 0;
  }

  #print(character: string): void {
    if (/^\p{Mn}$/u.test(character)) {
      const cell = this.#cells[this.#row]?.[this.#isWrapPending ? this.#column : this.#column - 1];
      if (cell) cell.marks += character;
      return;
    }
    if (this.#isWrapPending) {
      this.#column = 0;
      this.#isWrapPending = false;
      this.#lineFeed();
    }
    this.#set(this.#row, this.#column, { text: character, marks: '', ink: this.#inkCode });
    const upper = character === '▀' ? this.#ink : this.#paper;
    const lower = character === '▄' ? this.#ink : this.#paper;
    this.#fill(this.#row, this.#column, upper, lower);
    if (this.#column === this.#columns - 1) this.#isWrapPending = true;
    else this.#column += 1;
  }

  async #device(data: string): Promise<void> {
    if (data.startsWith('tmux;')) {
      if (!this.#isTmux) this.strange.push('passthrough');
      const inner = data.slice(5).replaceAll('\u001b\u001b', '\u001b');
      const command = /^\u001b_([\s\S]*)\u001b\\$/.exec(inner)?.[1];
      if (command === undefined) this.strange.push(inner.slice(0, 40));
      else this.#kitty(command);
    } else if (/^[0-9;]*q/.test(data)) {
      if (!this.#isTmux) this.#sixel(data.slice(data.indexOf('q') + 1));
    } else this.strange.push(data.slice(0, 40));
  }

  #sixel(data: string): void {
    const palette = new Map<number, readonly number[]>();
    const left = this.#column * this.#cellWidth;
    let [x, top] = [left, this.#row * this.#cellHeight];
    let colour: readonly number[] = black;
    for (const [, raster, index, rgb, count, sixel, move] of data.matchAll(
      /"([\d;]+)|#(\d+)((?:;\d+){4})?|(?:!(\d+))?([?-~])|([$-])/g,
    )) {
      if (raster !== undefined) continue;
      if (index !== undefined) {
        if (rgb !== undefined) {
          const [, , ...percent] = rgb.split(';').map(Number);
          palette.set(
            Number(index),
            percent.map((part) => Math.round((part * 255) / 100)),
          );
        }
        colour = palette.get(Number(index)) ?? black;
      } else if (sixel !== undefined) {
        const bits = sixel.charCodeAt(0) - 63;
        for (let run = Number(count ?? 1); run > 0; run--, x++)
          for (let bit = 0; bit < 6; bit++) if ((bits >> bit) & 1) this.#dot(x, top + bit, colour);
      } else {
        x = left;
        if (move === '-') top += 6;
      }
    }
    // Where the cursor ends differs between terminals; here it goes below, as in xterm.
    this.#moveTo(Math.ceil(top / this.#cellHeight), this.#column);
  }

  async #system(data: string): Promise<void> {
    const match = /^1337;File=([^:]*):(.*)$/s.exec(data);
    if (!match || this.#isTmux) return;
    const [, keys = '', base64 = ''] = match;
    const options = new Map(keys.split(';').map((pair) => pair.split('=') as [string, string]));
    const columns = Number(options.get('width'));
    const rows = Number(options.get('height'));
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length !== Number(options.get('size'))) this.strange.push('wrong size');
    const width = columns * this.#cellWidth;
    const height = rows * this.#cellHeight;
    const rgb = await sharp(bytes).resize(width, height, { fit: 'fill' }).removeAlpha().raw().toBuffer();
    const here = { row: this.#row, column: this.#column };
    this.#paint(this.#pixels, here, { width, height, rgb }, { row: 0, column: 0, columns, rows });
    this.#moveTo(this.#row + rows, this.#column);
  }

  #kitty(command: string): void {
    const [keys = '', payload = ''] = command.replace(/^G/, '').split(';');
    const control = new Map(keys.split(',').map((pair) => pair.split('=') as [string, string]));
    if (payload.length > 4096) this.strange.push('chunk too long');
    if (this.#upload !== null) {
      this.#upload.payload += payload;
      if (control.get('m') === '1') return;
    } else if (control.get('m') === '1') {
      this.#upload = { control, payload };
      return;
    }
    const whole = this.#upload ?? { control, payload };
    this.#upload = null;
    this.#perform(whole.control, whole.payload);
  }

  #perform(control: Map<string, string>, payload: string): void {
    const id = Number(control.get('i'));
    const size = { columns: Number(control.get('c')), rows: Number(control.get('r')) };
    const action = control.get('a');
    if (action === 'q') return;
    if (control.get('q') !== '2') this.strange.push('it would answer');
    if (action === 'T') this.#images.set(id, Buffer.from(payload, 'base64'));
    if (action === 'T' && control.get('U') === '1') this.#virtual.set(id, size);
    else if ((action === 'T' || action === 'p') && this.#images.has(id))
      this.#placements.set(id, { id, row: this.#row, column: this.#column, ...size });
    if (action !== 'd') return;
    this.#placements.delete(id);
    if (control.get('d') === 'I') {
      this.#images.delete(id);
      this.#virtual.delete(id);
    }
  }
}

function xtermColour(index: number): readonly number[] {
  if (index >= 232) return Array(3).fill(8 + (index - 232) * 10);
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)];
}

/** How far two pictures are apart: the mean difference of their channels, of 255. */
export function difference(one: Bitmap, other: Bitmap): number {
  if (one.rgb.length !== other.rgb.length) throw new Error('The pictures differ in size.');
  let sum = 0;
  for (const [at, value] of one.rgb.entries()) sum += Math.abs(value - (other.rgb[at] ?? 0));
  return sum / one.rgb.length;
}

/** A picture as it should look in a region of cells. */
export async function expected(
  picture: string | Buffer,
  region: Pick<Region, 'columns' | 'rows'>,
  cell = { width: 10, height: 20 },
): Promise<Bitmap> {
  const width = region.columns * cell.width;
  const height = region.rows * cell.height;
  const rgb = await sharp(picture)
    .flatten({ background: '#000' })
    .resize(width, height, { fit: 'fill' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  return { width, height, rgb };
}
