import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { paintPanel } from '../../../source/ui/components/panel.ts';
import { drawLines } from './draw.ts';

test('the title and the end are set into the border', () => {
  const panel = {
    title: [{ text: 'Now' }],
    end: [{ text: '4 files' }],
    width: 30,
    height: 4,
    lines: ['one'.padEnd(26)],
  };
  expect(drawLines((theme) => paintPanel(panel, theme))).toEqual([
    '╭ Now ───────────── 4 files ─╮',
    '│ one                        │',
    '│                            │',
    '╰────────────────────────────╯',
  ]);
});

test('without Unicode it is drawn in ASCII', () => {
  const panel = { title: [{ text: 'Now' }], width: 12, height: 3, lines: ['12345678'] };
  expect(drawLines((theme) => paintPanel(panel, theme), { isAscii: true })).toEqual([
    '+ Now -----+',
    '| 12345678 |',
    '+----------+',
  ]);
});

test('whatever the titles are, each line has the width', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 6, max: 60 }), (title, end, width) => {
      const panel = { title: [{ text: title }], end: [{ text: end }], width, height: 3, lines: [] };
      const lines = drawLines((theme) => paintPanel(panel, theme));
      expect(lines.map((line) => stringWidth(line))).toEqual([width, width, width]);
    }),
    { numRuns: 50 },
  );
});
