import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyArea, insideOf } from '../../../source/ui/areas.ts';
import { layoutGallery, pageSize } from '../../../source/ui/gallery/gallery-layout.ts';

const bodies = fc
  .record({ columns: fc.integer({ min: 60, max: 400 }), rows: fc.integer({ min: 16, max: 120 }) })
  .map(bodyArea);

test('tiles lie inside the panel in every window, with room for a picture and a seed', () => {
  fc.assert(
    fc.property(bodies, fc.boolean(), (body, hasFilterLine) => {
      const inside = insideOf(body);
      const layout = layoutGallery(body, { isSingle: false, hasFilterLine });
      if (layout.kind !== 'grid') throw new Error('Many pictures are laid out as a grid.');
      const { columnCount, rowCount, tileWidth, tileHeight, box, top } = layout;
      expect(columnCount * tileWidth).toBeLessThanOrEqual(inside.width);
      expect(top + rowCount * tileHeight).toBeLessThanOrEqual(inside.height);
      expect(box.rows).toBeGreaterThanOrEqual(2);
      expect(box.columns).toBeGreaterThanOrEqual('4294967295'.length + 3);
      expect(pageSize(layout)).toBeGreaterThanOrEqual(4);
    }),
  );
});

test('one picture leaves room for its text', () => {
  fc.assert(
    fc.property(bodies, (body) => {
      const inside = insideOf(body);
      const layout = layoutGallery(body, { isSingle: true, hasFilterLine: false });
      if (layout.kind !== 'single') throw new Error('One picture is laid out by itself.');
      expect(layout.textLeft + layout.textWidth).toBeLessThanOrEqual(inside.width);
      expect(layout.textWidth).toBeGreaterThanOrEqual(20);
      expect(layout.box.rows).toBeLessThanOrEqual(inside.height);
    }),
  );
});
