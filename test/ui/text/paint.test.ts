import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { paintLine } from '../../../source/ui/text/paint.ts';
import { createTheme } from '../../../source/ui/theme.ts';

const theme = createTheme({ hasColour: true, hasUnicode: true });

test('a painted line has exactly the asked width, whatever is in it', () => {
  const span = fc.record({
    text: fc.string({ unit: 'grapheme' }),
    role: fc.constantFrom('plain', 'bad', 'quiet'),
  });
  fc.assert(
    fc.property(fc.array(span, { maxLength: 4 }), fc.integer({ min: 1, max: 60 }), (spans, width) => {
      const line = paintLine(spans as { text: string; role: 'plain' }[], width, theme);
      expect(stringWidth(stripVTControlCharacters(line))).toBe(width);
    }),
  );
});

test('wide characters are never cut in half', () => {
  expect(paintLine([{ text: '一二三' }], 4, theme)).toBe('一… ');
});

test('escape sequences from outside are not drawn', () => {
  expect(paintLine([{ text: 'a\u001b[31mb' }], 8, theme)).toBe('a[31mb  ');
});
