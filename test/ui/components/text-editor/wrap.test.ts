import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { drawEditor, drawField } from '../../../../source/ui/components/text-editor/draw.ts';
import { createEditor } from '../../../../source/ui/components/text-editor/state.ts';
import { cursorAt, locate, wrapText } from '../../../../source/ui/components/text-editor/wrap.ts';

function wrapped(text: string, width: number): string[] {
  return wrapText(text, width).map(({ start, end }) => text.slice(start, end));
}

test('lines break after spaces, and inside a word only where it is too long', () => {
  expect(wrapped('best quality, cat', 9)).toEqual(['best ', 'quality, ', 'cat']);
  expect(wrapped('masterpieces', 5)).toEqual(['maste', 'rpiec', 'es']);
  expect(wrapped('hello world', 5)).toEqual(['hello ', 'world']);
  expect(wrapped('a\n\nb', 5)).toEqual(['a', '', 'b']);
});

test('wide characters may begin a line and are never cut', () => {
  expect(wrapped('一只猫坐在月球上', 5)).toEqual(['一只', '猫坐', '在月', '球上']);
  expect(wrapped('cat一只猫', 6)).toEqual(['cat一', '只猫']);
});

const text = fc.string({
  unit: fc.constantFrom('a', ' ', '\n', '一', '👩‍🚀', 'e\u0301', '-'),
  maxLength: 80,
});

test('wrapping loses nothing but line breaks, and no line is too wide', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 20 }), (written, width) => {
      const lines = wrapText(written, width);
      let end = 0;
      for (const [index, line] of lines.entries()) {
        if (index > 0) expect(['', '\n']).toContain(written.slice(end, line.start));
        expect(stringWidth(written.slice(line.start, line.end).trimEnd())).toBeLessThanOrEqual(width);
        end = line.end;
      }
      expect(end).toBe(written.length);
    }),
  );
});

test('a place on the screen leads back to the cursor that it was found by', () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.integer({ min: 2, max: 20 }), (written, seed, width) => {
      const lines = wrapText(written, width);
      const line = seed % lines.length;
      const cursor = cursorAt(written, lines, line, seed % (width + 1));
      expect(locate(written, lines, cursor).line).toBe(line);
    }),
  );
});

test('the cursor is always inside what is drawn', () => {
  fc.assert(
    fc.property(
      text,
      fc.nat(),
      fc.integer({ min: 3, max: 30 }),
      fc.integer({ min: 1, max: 8 }),
      (written, at, width, height) => {
        const lines = wrapText(written, width - 1);
        const cursor = cursorAt(written, lines, at % lines.length, at % width);
        const drawn = drawEditor({ ...createEditor(written, { isMultiline: true }), cursor }, width, height);
        expect(drawn.rows.length).toBeLessThanOrEqual(height);
        expect(drawn.cursor.y).toBeLessThan(drawn.rows.length);
        expect(drawn.cursor.x).toBeLessThan(width);
        for (const row of drawn.rows) expect(stringWidth(row)).toBeLessThan(width);
      },
    ),
  );
});

test('a long one-line text scrolls sideways to its cursor, and a secret shows only its length', () => {
  const state = createEditor('http://127.0.0.1:7860', { isMultiline: false });
  expect(drawField(state, 11)).toEqual({ row: '0.0.1:7860', cursorX: 10 });
  expect(drawField(createEditor('me:秘密', { isMultiline: false }), 11, '*')).toEqual({
    row: '*****',
    cursorX: 5,
  });
});
