import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineReader } from '../../source/connection/line-reader.ts';

const decoder = new TextDecoder();

/** Reads the bytes cut at the given places. */
function readCut(bytes: Uint8Array, cuts: readonly number[], limit: number) {
  const reader = createLineReader(limit);
  const lines: string[] = [];
  let isTooLong = false;
  let from = 0;
  for (const to of [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    const result = reader.push(bytes.subarray(from, to));
    lines.push(...result.lines.map((line) => decoder.decode(line)));
    isTooLong = result.isTooLong;
    from = to;
  }
  return { lines, isTooLong, hasHalfLine: reader.hasHalfLine() };
}

test('the same lines come however the bytes are cut', () => {
  const text = fc.array(fc.constantFrom('a', '"', '灯', '🌊', '\r', '\u0000', 'prompt'), { maxLength: 12 });
  const cuts = fc.array(fc.nat(), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), text, cuts, (complete, half, places) => {
      const lines = complete.map((parts) => parts.join(''));
      const bytes = new TextEncoder().encode([...lines, half.join('')].join('\n'));
      const limit = 1000;
      const cut = readCut(bytes, places, limit);
      expect(cut).toEqual({ lines, isTooLong: false, hasHalfLine: half.length > 0 });
      const smallLimit = 9;
      expect(readCut(bytes, places, smallLimit)).toEqual(readCut(bytes, [], smallLimit));
    }),
  );
});

test('a line may be as long as the limit, in bytes, and no longer', () => {
  expect(readCut(new TextEncoder().encode('灯灯\n'), [], 6)).toMatchObject({
    lines: ['灯灯'],
    isTooLong: false,
  });
  expect(readCut(new TextEncoder().encode('灯灯a\n'), [], 6)).toMatchObject({ lines: [], isTooLong: true });
});

test('the lines before one that is too long are given, those behind it are not', () => {
  const bytes = new TextEncoder().encode('one\ntwo\nmuch too long\nthree\n');
  expect(readCut(bytes, [], 5)).toEqual({ lines: ['one', 'two'], isTooLong: true, hasHalfLine: false });
});

test('a line of 60 MB in small pieces is read in a time that grows with its length only', () => {
  const reader = createLineReader(64 << 20);
  const piece = new Uint8Array(4096).fill(0x61);
  const startedAt = performance.now();
  for (let count = 0; count < 15_000; count++) reader.push(piece);
  expect(reader.push(new Uint8Array([0x0a])).lines[0]?.length).toBe(15_000 * 4096);
  // Copying what is held with each piece would take minutes.
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
