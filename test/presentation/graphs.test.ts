import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawBrailleGraph } from '../../source/presentation/braille-graph.ts';
import { asciiBar, drawBar, lineBar } from '../../source/presentation/progress-bar.ts';
import { asciiLevels, drawSparkline, eighthBlocks, scaleTop } from '../../source/presentation/sparkline.ts';

test('a sparkline keeps the newest at the right and leaves gaps where nothing ran', () => {
  const size = { width: 6, rowCount: 1, top: 8 };
  expect(drawSparkline([1, 4, null, 8], size, eighthBlocks)).toEqual(['  ▁▄ █']);
  expect(drawSparkline([8, 8, 8, 1, 2, 3, 4, 5, 6], size, eighthBlocks)).toEqual(['▁▂▃▄▅▆']);
  expect(drawSparkline([0, 8], { ...size, width: 2 }, asciiLevels)).toEqual(['_#']);
});

test('two rows double the levels', () => {
  expect(drawSparkline([0, 8, 12, 16], { width: 4, rowCount: 2, top: 16 }, eighthBlocks)).toEqual([
    '  ▄█',
    '▁███',
  ]);
});

test('a braille graph shows two values a column', () => {
  expect(drawBrailleGraph([1, 2, 3, 4], { width: 2, rowCount: 1, top: 4 })).toEqual(['⣠⣾']);
  expect(drawBrailleGraph([null, 4], { width: 2, rowCount: 2, top: 4 })).toEqual([' ⢸', ' ⢸']);
});

test('graphs have their size whatever the values are', () => {
  const value = fc.oneof(fc.constant(null), fc.double({ min: -1, max: 1e9, noNaN: true }));
  const size = fc.record({
    width: fc.integer({ min: 1, max: 80 }),
    rowCount: fc.integer({ min: 1, max: 3 }),
    top: fc.double({ min: 0, max: 100, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), size, (values, wanted) => {
      for (const rows of [drawSparkline(values, wanted, eighthBlocks), drawBrailleGraph(values, wanted)]) {
        expect(rows.map((row) => row.length)).toEqual(Array(wanted.rowCount).fill(wanted.width));
      }
    }),
  );
});

test('the scale ends at a round number that nothing exceeds', () => {
  expect([[21.4], [null, 7.2], [0.12], [100], [102], [], [null]].map(scaleTop)).toEqual([
    25, 8, 0.12, 100, 120, 1, 1,
  ]);
});

test('a bar moves by half cells and always has its width', () => {
  expect(drawBar(0.5, 5, lineBar)).toEqual({ done: '━━╸', rest: '──' });
  expect(drawBar(0.5, 5, asciiBar)).toEqual({ done: '==', rest: '---' });
  fc.assert(
    fc.property(fc.double(), fc.integer({ min: 0, max: 200 }), (fraction, width) => {
      const { done, rest } = drawBar(fraction, width, lineBar);
      expect(done.length + rest.length).toBe(width);
    }),
  );
});
