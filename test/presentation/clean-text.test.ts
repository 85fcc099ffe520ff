import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanLines, cleanText } from '../../source/presentation/clean-text.ts';

test('no control, bidirectional or separator character survives', () => {
  const hostile = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(hostile, (text) => {
      expect(cleanText(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

test('an escape sequence loses its power but its letters stay visible', () => {
  expect(cleanText('a\u001b[2Jb\u009b31mc\u0007')).toBe('a[2Jb31mc');
});

test('line breaks and tabs become a space in one line', () => {
  expect(cleanText('one\r\ntwo\tthree')).toBe('one two three');
});

test('lines survive where several are allowed', () => {
  expect(cleanLines('one\r\ntwo\u0000\rthree')).toBe('one\ntwo\nthree');
});

test('words, Chinese, joined emoji and Persian are left alone', () => {
  for (const text of ['一只猫 👩\u200d🚀 café', 'می\u200cخواهم']) expect(cleanText(text)).toBe(text);
});
