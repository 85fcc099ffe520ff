import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import bundledStringWidth from '../../../source/ui/text/bundled-string-width.ts';

test('it measures as the package does, styles and controls included', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '│',
      '━╸',
      '⣿',
      '日',
      '\u001b[1m',
      '\u001b[0m',
      '\u001b]8;;x\u0007',
      '\u001b[2J',
      '\t',
      '\n',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('');
      expect(bundledStringWidth(text)).toBe(stringWidth(text));
      expect(bundledStringWidth(text, { countAnsiEscapeCodes: true })).toBe(
        stringWidth(text, { countAnsiEscapeCodes: true }),
      );
    }),
    { numRuns: 500 },
  );
});
