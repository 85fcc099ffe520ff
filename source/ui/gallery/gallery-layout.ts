import { type Area, insideOf } from '../areas.ts';
import type { PictureBox } from './gallery-data.ts';

/** Where tiles or the one picture lie inside the gallery's panel, in cells; `top` counts from the panel's first inner row. */
export type GalleryLayout =
  | {
      readonly kind: 'grid';
      readonly columnCount: number;
      readonly rowCount: number;
      readonly tileWidth: number;
      readonly tileHeight: number;
      readonly box: PictureBox;
      readonly top: number;
    }
  | {
      readonly kind: 'single';
      readonly box: PictureBox;
      /** Of the column of text at the right. */
      readonly textLeft: number;
      readonly textWidth: number;
      readonly top: number;
    };

/** Wide enough for a seed and five stars below the picture. */
const usualTileWidth = 23;

/** A cell is about twice as high as wide, and most pictures are about four to three. */
const rowsPerColumn = 0.375;

/** Lays the gallery out; a line of the filter takes a row. */
export function layoutGallery(
  body: Area,
  { isSingle, hasFilterLine }: { readonly isSingle: boolean; readonly hasFilterLine: boolean },
): GalleryLayout {
  const inside = insideOf(body);
  const top = hasFilterLine ? 1 : 0;
  const height = Math.max(2, inside.height - top);
  if (isSingle) {
    const columns = Math.max(16, Math.floor(inside.width * (inside.width < 76 ? 0.5 : 0.58)));
    const textLeft = columns + 2;
    return {
      kind: 'single',
      box: { columns, rows: height },
      textLeft,
      textWidth: Math.max(1, inside.width - textLeft),
      top,
    };
  }
  const columnCount = Math.max(2, Math.floor(inside.width / usualTileWidth));
  const tileWidth = Math.floor(inside.width / columnCount);
  const usualHeight = Math.ceil((tileWidth - 2) * rowsPerColumn) + 1;
  const fitting = Math.floor(height / usualHeight);
  const rowCount = Math.max(fitting, height >= 8 ? 2 : 1);
  const tileHeight = Math.floor(height / rowCount);
  return {
    kind: 'grid',
    columnCount,
    rowCount,
    tileWidth,
    tileHeight,
    box: { columns: tileWidth - 2, rows: tileHeight - 1 },
    top,
  };
}

/** Images on one page. */
export function pageSize(layout: GalleryLayout): number {
  return layout.kind === 'grid' ? layout.columnCount * layout.rowCount : 1;
}
