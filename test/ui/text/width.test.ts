import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { fitEnd, widthOf } from '../../../source/ui/text/width.ts';
import { wrapText } from '../../../source/ui/text/wrap.ts';

test('every character that is measured without graphemes has the width that string-width gives', () => {
  const wrong: string[] = [];
  for (let code = 0x20; code < 0x3000; code += 1) {
    const character = String.fromCodePoint(code);
    for (const text of [character, `a${character}b`, character + character]) {
      if (/\p{Control}/u.test(character) || widthOf(text) === stringWidth(text)) continue;
      wrong.push(code.toString(16));
    }
  }
  expect(wrong).toEqual([]);
});

test('measuring agrees with string-width on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(widthOf(text)).toBe(stringWidth(text));
    }),
  );
});

test('of a path the end is kept', () => {
  expect(fitEnd('/home/me/outputs/2026-11-22', 14, '…')).toBe('…ts/2026-11-22');
  expect(fitEnd('图片目录', 5, '…')).toBe('…目录');
  expect(fitEnd('short', 14, '…')).toBe('short');
});

test('text wraps at spaces, between CJK characters and inside long words', () => {
  expect(wrapText('a lighthouse at dusk', 12, 3, '…')).toEqual(['a lighthouse', 'at dusk']);
  expect(wrapText('日落时分的灯塔', 7, 3, '…')).toEqual(['日落时', '分的灯', '塔']);
  expect(wrapText('a'.repeat(20), 8, 2, '…')).toEqual(['aaaaaaaa', 'aaaaaaa…']);
  expect(wrapText('line one\n\tline two', 40, 2, '…')).toEqual(['line one line two']);
  expect(wrapText('', 40, 2, '…')).toEqual([]);
});

test('no wrapped line is wider than asked, however narrow', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 200 });
  fc.assert(
    fc.property(
      text,
      fc.integer({ min: 2, max: 40 }),
      fc.integer({ min: 1, max: 5 }),
      (given, width, lineCount) => {
        const lines = wrapText(given, width, lineCount, '…');
        expect(lines.length).toBeLessThanOrEqual(lineCount);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});
