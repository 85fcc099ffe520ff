import { resolve } from 'node:path';
import { type AssemblePicture, createAssembler } from './assemble-picture.ts';
import { blocksEncoder } from './blocks-encoder.ts';
import { defaultByteBudget } from './byte-budget.ts';
import { decodePicture } from './decode-picture.ts';
import type { Encoder, MakeEncoder } from './encoder.ts';
import { iterm2Encoder } from './iterm2-encoder.ts';
import { mostPlaceholderRows } from './kitty.ts';
import { kittyEncoder } from './kitty-encoder.ts';
import { type CachedPicture, nothingCached, openPictureCache } from './picture-cache.ts';
import type { PictureProtocol, PictureTerminal } from './picture-protocol.ts';
import type { CellSize } from './pixels.ts';
import { openPictureFile, reasonOf } from './read-picture-file.ts';
import { sixelEncoder } from './sixel-encoder.ts';
import { createWishQueue } from './wish-queue.ts';

/** A picture as a terminal draws it. */
export type Picture = {
  readonly columns: number;
  readonly rows: number;
  /** Bytes that draw it with the cursor at its top left cell, where they leave it. */
  readonly data: string;
  /** What removes it where cells that are overwritten do not (kitty); else ''. */
  readonly remove: string;
  readonly byteCount: number;
  /** For a terminal that keeps pictures (kitty): what shows it again in its place without its data, and what hides it. */
  readonly kept?: { readonly redraw: string; readonly hide: string };
};

/** Why there is none, as a short phrase for its place. */
export type NoPicture = { readonly reason: string };

/** Makes pictures for one terminal. */
export type PictureMaker = {
  /**
   * The file as a picture that fits into `columns` x `rows` cells, keeping its proportions; answers NoPicture for whatever cannot be drawn.
   * Never throws for file contents.
   */
  make(path: string, size: CellSize, signal?: AbortSignal): Promise<Picture | NoPicture>;
  /** The same for bytes in memory. */
  makeFromBytes(bytes: Uint8Array, size: CellSize, signal?: AbortSignal): Promise<Picture | NoPicture>;
  close(): void;
};

export type PictureMakerOptions = {
  readonly terminal: PictureTerminal;
  /** Where what was made is kept; null keeps nothing. */
  readonly cacheDirectory: string | null;
  /** Bytes of one picture; asked anew for each where it is a function, as the line may turn out slow. */
  readonly byteBudget?: number | (() => number);
};

/** More would only compete for the same cores. */
const decodingsAtOnce = 2;

const encoders: Readonly<Record<Exclude<PictureProtocol, 'off'>, MakeEncoder>> = {
  kitty: kittyEncoder,
  sixel: sixelEncoder,
  iterm2: iterm2Encoder,
  blocks: blocksEncoder,
};

const off: NoPicture = { reason: 'pictures are off' };

export function createPictureMaker(options: PictureMakerOptions): PictureMaker {
  const { protocol } = options.terminal;
  if (protocol === 'off') return { make: async () => off, makeFromBytes: async () => off, close() {} };
  return createMaker(options, encoders[protocol](options.terminal), createAssembler(options.terminal));
}

function createMaker(
  { terminal, cacheDirectory, byteBudget = defaultByteBudget }: PictureMakerOptions,
  encoder: Encoder,
  assemble: AssemblePicture,
): PictureMaker {
  const queue = createWishQueue(decodingsAtOnce);
  const cache = cacheDirectory === null ? nothingCached : openPictureCache(cacheDirectory);
  const closing = new AbortController();
  const cell = { width: terminal.cellWidth, height: terminal.cellHeight };
  const budget = typeof byteBudget === 'function' ? byteBudget : () => byteBudget;
  const geometry = [terminal.protocol, cell.width, cell.height, terminal.isTmux, terminal.hasTrueColor];

  async function encode(bytes: Uint8Array, area: CellSize): Promise<CachedPicture | NoPicture> {
    const decoded = await decodePicture(bytes, { ...encoder, area, cell });
    if (typeof decoded === 'string') return { reason: decoded };
    return { size: decoded.size, body: await encoder.encode(decoded.pixels, decoded.size, budget()) };
  }

  async function encodeFile(path: string, area: CellSize, signal: AbortSignal) {
    const file = await openPictureFile(path);
    if (typeof file === 'string') return { reason: file };
    await using opened = file;
    const about = [resolve(path), opened.modifiedAt, opened.byteCount];
    const key = JSON.stringify([...about, ...geometry, area.columns, area.rows, budget()]);
    const cached = await cache.read(key);
    if (cached !== null) return cached;
    const bytes = await opened.read();
    signal.throwIfAborted();
    const made = await encode(bytes, area);
    if ('body' in made) await cache.write(key, made);
    return made;
  }

  async function inTurn(
    wish: (signal: AbortSignal) => Promise<CachedPicture | NoPicture>,
    given: AbortSignal | undefined,
  ): Promise<Picture | NoPicture> {
    const signal = given ? AbortSignal.any([given, closing.signal]) : closing.signal;
    try {
      const made = await queue.perform(() => wish(signal), signal);
      return 'body' in made ? assemble(made.body, made.size) : made;
    } catch (error) {
      if (signal.aborted) return { reason: 'no longer wanted' };
      // The disk or the network under the file failed while it was read.
      if (error instanceof Error && 'syscall' in error) return { reason: reasonOf(error) };
      throw error;
    }
  }

  const within = ({ columns, rows }: CellSize): CellSize => ({
    columns: Math.max(1, Math.floor(columns)),
    rows: Math.max(1, Math.min(Math.floor(rows), terminal.isTmux ? mostPlaceholderRows : rows)),
  });

  return {
    make: (path, area, signal) => inTurn((wanted) => encodeFile(path, within(area), wanted), signal),
    makeFromBytes: (bytes, area, signal) => inTurn(() => encode(bytes, within(area)), signal),
    close: () => closing.abort(),
  };
}
