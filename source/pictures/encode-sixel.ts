import type { IndexedPixels } from './quantise.ts';
import type { Slices } from './slices.ts';

/** Rows of pixels that one character holds. */
export const sixelRows = 6;

const introducer = '\u001bP0;1;0q';
const terminator = '\u001b\\';

/** From this many on, a repetition is shorter than the characters themselves. */
const shortestRun = 4;

/**
 * Sixels (DEC STD 070) with each pixel drawn as a square of `block` pixels, cut off at `width` x `height`. The second parameter, 1, leaves
 * pixels that are not drawn as they are.
 */
export async function encodeSixel(
  pixels: IndexedPixels,
  block: number,
  size: { readonly width: number; readonly height: number },
  slices: Slices,
): Promise<string> {
  const bands: string[] = [];
  for (let top = 0; top < size.height; top += sixelRows) {
    bands.push(encodeBand(pixels, block, size, top));
    await slices.breathe();
  }
  const raster = `"1;1;${size.width};${size.height}`;
  return `${introducer}${raster}${paletteOf(pixels.palette)}${bands.join('-')}${terminator}`;
}

/** Colours are given in percent. */
function paletteOf(palette: Uint8Array): string {
  let text = '';
  for (let index = 0; index * 3 < palette.length; index++) {
    const [red, green, blue] = [0, 1, 2].map((channel) =>
      Math.round(((palette[index * 3 + channel] ?? 0) * 100) / 255),
    );
    text += `#${index};2;${red};${green};${blue}`;
  }
  return text;
}

/**
 * Six rows of pixels, one colour over the other, the most frequent first. A pixel that a later colour covers may have any colour before:
 * that makes for long runs, and takes a fifth off a photo's bytes and more off a drawing's.
 */
function encodeBand(
  { width, indexes }: IndexedPixels,
  block: number,
  size: { readonly width: number; readonly height: number },
  top: number,
): string {
  const rowCount = Math.min(sixelRows, size.height - top);
  const layers = new Map<number, { readonly wanted: Uint8Array; pixelCount: number }>();
  for (let row = 0; row < rowCount; row++) {
    const start = Math.floor((top + row) / block) * width;
    for (let x = 0; x < width; x++) {
      const index = indexes[start + x] ?? 0;
      const layer = layers.get(index) ?? { wanted: new Uint8Array(width), pixelCount: 0 };
      layers.set(index, layer);
      layer.wanted[x] = (layer.wanted[x] ?? 0) | (1 << row);
      layer.pixelCount += 1;
    }
  }
  const inOrder = [...layers].sort(([, one], [, other]) => other.pixelCount - one.pixelCount);
  const finished = new Uint8Array(width);
  return inOrder
    .map(([index, { wanted }]) => {
      const runs = runsOf(wanted, finished, block, size.width);
      for (let x = 0; x < width; x++) finished[x] = (finished[x] ?? 0) | (wanted[x] ?? 0);
      return `#${index}${runs}`;
    })
    .join('$');
}

/** A run goes on for as long as one character draws all that is wanted and nothing that is finished. */
function runsOf(wanted: Uint8Array, finished: Uint8Array, block: number, width: number): string {
  let last = wanted.length;
  while (last > 0 && wanted[last - 1] === 0) last -= 1;
  let text = '';
  for (let x = 0; x < last; ) {
    let drawn = 0;
    let kept = 0;
    let end = x;
    for (; end < last; end++) {
      const nextDrawn = drawn | (wanted[end] ?? 0);
      const nextKept = kept | (finished[end] ?? 0);
      if ((nextDrawn & nextKept) !== 0) break;
      drawn = nextDrawn;
      kept = nextKept;
    }
    const count = Math.min(end * block, width) - x * block;
    const character = String.fromCharCode(63 + drawn);
    text += count < shortestRun ? character.repeat(count) : `!${count}${character}`;
    x = end;
  }
  return text;
}
