/** Numbers from 0 to 1, never 1 itself; the same seed brings the same ones. */
export type Chance = () => number;

export function below(count: number, chance: Chance): number {
  return Math.floor(chance() * count);
}

export function pick<T>(list: readonly T[], chance: Chance): T {
  const chosen = list[below(list.length, chance)];
  if (chosen === undefined) throw new Error('Nothing can be picked from an empty list.');
  return chosen;
}

/** What terminals obey, what hides text, and what breaks lines. */
export const hostileText = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202egnp.\u0000\r\n\u{e0041}\ud800.';

/** Grown inputs stay below this, so that a long run measures the parsers and not the copying. */
const mostBytes = 1 << 18;

/** Changes bytes in one to eight places: flipped bits, wrong lengths, pieces cut out, repeated or put in. */
export function mutateBytes(original: Uint8Array, chance: Chance): Buffer {
  let bytes = Buffer.from(original);
  for (let left = 1 + below(8, chance); left > 0; left--) bytes = pick(edits, chance)(bytes, chance);
  return bytes.subarray(0, mostBytes);
}

type Edit = (bytes: Buffer<ArrayBuffer>, chance: Chance) => Buffer<ArrayBuffer>;

const oddNumbers = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];

const edits: readonly Edit[] = [
  function flipBit(bytes, chance) {
    const at = below(bytes.length, chance);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8, chance));
    return bytes;
  },
  function setByte(bytes, chance) {
    bytes[below(bytes.length, chance)] = below(256, chance);
    return bytes;
  },
  function setNumber(bytes, chance) {
    if (bytes.length < 4) return bytes;
    const at = below(bytes.length - 3, chance);
    const number = pick(oddNumbers, chance);
    if (chance() < 0.5) bytes.writeUInt32BE(number, at);
    else bytes.writeUInt32LE(number, at);
    return bytes;
  },
  (bytes, chance) => bytes.subarray(0, below(bytes.length + 1, chance)),
  function cutOut(bytes, chance) {
    const { from, to } = range(bytes, chance);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  function repeat(bytes, chance) {
    const { from, to } = range(bytes, chance);
    const piece = bytes.subarray(from, to);
    const times = Math.min(1 + below(20, chance), Math.ceil(mostBytes / Math.max(1, piece.length)));
    return Buffer.concat([bytes.subarray(0, to), ...Array<Buffer>(times).fill(piece), bytes.subarray(to)]);
  },
  function insert(bytes, chance) {
    const at = below(bytes.length + 1, chance);
    const piece = pick([Buffer.alloc(9), Buffer.alloc(9, 0xff), Buffer.from(hostileText)], chance);
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  },
];

function range(bytes: Buffer, chance: Chance): { readonly from: number; readonly to: number } {
  const from = below(bytes.length + 1, chance);
  return { from, to: Math.min(bytes.length, from + below(1 + bytes.length / 4, chance)) };
}
