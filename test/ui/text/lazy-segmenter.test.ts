import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { LazySegmenter } from '../../../source/ui/text/lazy-segmenter.ts';

const drawn = '\u001b[2m│\u001b[0m\n ╭─╮ ▂▃▅ 480x270 é Ж … ⣿ ● ↻';
const piece = fc.oneof(
  fc.constantFrom(
    '│',
    ' ',
    'a',
    'é',
    'e\u0301',
    '👍🏽',
    '👨‍👩‍👧',
    '中',
    '한',
    '\r\n',
    '\u001b',
    '🇩🇪',
    '©\ufe0f',
    '…',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);

describe('graphemes', () => {
  test('are those of Intl.Segmenter, in any text', () => {
    const own = new LazySegmenter();
    const real = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(40), (pieces, index) => {
        const text = pieces.join('');
        expect([...own.segment(text)]).toEqual([...real.segment(text)]);
        expect(own.segment(text).containing(index)).toEqual(real.segment(text).containing(index));
      }),
      { numRuns: 1000 },
    );
  });

  test('of each character that the screen is drawn with are those of Intl.Segmenter, beside each other too', () => {
    const real = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    const own = new LazySegmenter();
    const codes = Array.from({ length: 0x2900 }, (_, code) => String.fromCharCode(code));
    for (const code of codes) {
      const text = `a${code}${code}b`;
      expect([...own.segment(text)].length, `U+${code.charCodeAt(0).toString(16)}`).toBe(
        [...real.segment(text)].length,
      );
    }
  });

  test('of what the screen is drawn with need no Intl.Segmenter', () => {
    const made = vi.spyOn(Intl, 'Segmenter');
    try {
      const own = new LazySegmenter(undefined, { granularity: 'grapheme' });
      expect([...own.segment(drawn)].map(({ segment }) => segment).join('')).toBe(drawn);
      expect(made).not.toHaveBeenCalled();
      expect([...own.segment('👍🏽a')]).toHaveLength(2);
      expect(made).toHaveBeenCalledOnce();
    } finally {
      made.mockRestore();
    }
  });
});

test('words are those of Intl.Segmenter', () => {
  const real = new Intl.Segmenter(undefined, { granularity: 'word' });
  const own = new LazySegmenter(undefined, { granularity: 'word' });
  expect([...own.segment('a lighthouse, at dusk')]).toEqual([...real.segment('a lighthouse, at dusk')]);
});
