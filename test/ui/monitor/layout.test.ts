import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutMonitor, type MonitorLayout, type Rectangle } from '../../../source/ui/monitor/layout.ts';

function rectanglesOf(layout: MonitorLayout): Rectangle[] {
  const { kind, ...rectangles } = layout;
  return Object.values(rectangles).filter((rectangle) => rectangle !== null);
}

const sizes = fc.integer({ min: 1, max: 300 });

test('the panels tile the area: each cell belongs to exactly one', () => {
  fc.assert(
    fc.property(sizes, sizes, fc.boolean(), (width, height, hasPreview) => {
      const owners = Array.from({ length: height }, () => new Uint8Array(width));
      for (const { x, y, width: columns, height: rows } of rectanglesOf(
        layoutMonitor(width, height, hasPreview),
      )) {
        for (let row = y; row < y + rows; row += 1) {
          for (let column = x; column < x + columns; column += 1) {
            const line = owners[row];

            if (line !== undefined) line[column] = (line[column] ?? 0) + 1;
          }
        }
      }
      expect(owners.every((line) => line.every((count) => count === 1))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('beside a preview the list has room for a whole seed', () => {
  for (const width of [76, 80, 100, 120, 160, 200]) {
    const layout = layoutMonitor(width, 30, true);
    if (layout.kind === 'compact' || layout.preview === null) throw new Error('There is room for both.');
    expect(layout.files.width).toBeGreaterThanOrEqual(42);
    expect(layout.preview.width).toBeGreaterThanOrEqual(26);
  }
});

test('the file list keeps most of the height', () => {
  for (const [width, height] of [
    [120, 37],
    [80, 21],
    [60, 13],
  ] as const) {
    expect(layoutMonitor(width, height).files.height).toBeGreaterThanOrEqual(height / 2);
  }
});
