import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseByteCount } from '../../source/settings/byte-count.ts';

test.each([
  ['2GB', 2e9],
  ['2gb', 2e9],
  ['500 MB', 5e8],
  ['1.5g', 1.5e9],
  ['2GiB', 2 ** 31],
  ['0', 0],
  ['123', 123],
])('%s is %d bytes', (text, byteCount) => {
  expect(parseByteCount(text)).toBe(byteCount);
});

test.each(['', '-1GB', '2 G B', 'GB', '1e9', '2XB', '1,5GB', 'two'])('"%s" is no amount', (text) => {
  expect(parseByteCount(text)).toBeNull();
});

test('what is read is always a whole number of bytes', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const byteCount = parseByteCount(text);
      return byteCount === null || (Number.isSafeInteger(byteCount) && byteCount >= 0);
    }),
  );
});
