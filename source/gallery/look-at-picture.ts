import { loadSharp } from './load-sharp.ts';

/** What is seen in a picture without knowing what it shows. */
export type PictureLook = {
  /** Every pixel is black, as good as. */
  readonly isBlack: boolean;
  /** 64 bits, which for pictures that look the same differ in few; null where there is too little in it to tell it from others. */
  readonly hash: bigint | null;
};

/** Larger pictures are not decoded: at 3 bytes a pixel this would take 200 MB. */
const mostPixels = 1 << 26;

/** The brightest value that still counts as black: lossy formats may leave a trace. */
const blackLevel = 3;

/** Sides of the picture that is hashed, and of the part of its waves that are long enough to survive a change of format or size. */
const side = 32;
const waves = 8;

/** Less than this in the strongest of them, of 255, is a plain area: there are many, and all look the same. */
const leastStrength = 2;

/** Looks at a picture file in another thread; null where it cannot be decoded or read. */
export async function lookAtPicture(path: string): Promise<PictureLook | null> {
  const sharp = await loadSharp();
  if (sharp === null) return null;
  try {
    const { channels } = await sharp(path, { limitInputPixels: mostPixels }).removeAlpha().stats();
    if (channels.every(({ max }) => max <= blackLevel)) return { isBlack: true, hash: null };
    const grey = await sharp(path, { limitInputPixels: mostPixels })
      .removeAlpha()
      .greyscale()
      .resize(side, side, { fit: 'fill' })
      .raw()
      .toBuffer();
    return { isBlack: false, hash: waveHash(grey) };
  } catch {
    // sharp throws plain errors for whatever it could not read or decode.
    return null;
  }
}

/** Pixels to a side of the pictures that are laid over each other, and by how much of 255 their colours may differ on average. */
const overlaySide = 16;
const mostDifference = 8;

/** Whether two pictures whose hashes are close look the same in their colours too; false where one cannot be decoded. */
export async function looksSame(path: string, other: string): Promise<boolean> {
  const sharp = await loadSharp();
  if (sharp === null) return false;
  const small = (each: string) =>
    sharp(each, { limitInputPixels: mostPixels })
      .removeAlpha()
      .toColourspace('srgb')
      .resize(overlaySide, overlaySide, { fit: 'fill' })
      .raw()
      .toBuffer();
  try {
    const [one, two] = await Promise.all([small(path), small(other)]);
    const sum = one.reduce((total, value, index) => total + Math.abs(value - (two[index] ?? 0)), 0);
    return one.length === two.length && sum / one.length <= mostDifference;
  } catch {
    // sharp throws plain errors for whatever it could not read or decode.
    return false;
  }
}

/** A bit for each of the longest waves of a square grey picture, but the mean: whether it is stronger than half of them (a "pHash"). */
export function waveHash(grey: Uint8Array): bigint | null {
  const strengths: number[] = [];
  for (let down = 0; down < waves; down++) {
    for (let across = 0; across < waves; across++) strengths.push(strengthOf(grey, across, down));
  }
  const [, ...others] = strengths;
  if (Math.max(...others.map(Math.abs)) < leastStrength) return null;
  const middle = others.toSorted((a, b) => a - b)[others.length >> 1] ?? 0;
  return others.reduce((hash, strength) => (hash << 1n) | (strength > middle ? 1n : 0n), 0n);
}

/** One term of the discrete cosine transform, about the share of 255 that the wave has in the picture. */
function strengthOf(grey: Uint8Array, across: number, down: number): number {
  let sum = 0;
  for (let y = 0; y < side; y++) {
    const row = cosines[down * side + y] ?? 0;
    for (let x = 0; x < side; x++) sum += (grey[y * side + x] ?? 0) * row * (cosines[across * side + x] ?? 0);
  }
  return (sum * 4) / (side * side);
}

const cosines = Float64Array.from({ length: waves * side }, (_, index) => {
  const wave = Math.floor(index / side);
  return Math.cos(((2 * (index % side) + 1) * wave * Math.PI) / (2 * side));
});

/** In how many bits two hashes differ. */
export function hashDistance(one: bigint, other: bigint): number {
  let rest = one ^ other;
  let count = 0;
  for (; rest !== 0n; rest &= rest - 1n) count++;
  return count;
}
