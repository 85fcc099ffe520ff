/** A decoded picture: 8-bit red, green, blue, row by row. */
export type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
};

/** An area of the terminal, in cells. */
export type CellSize = { readonly columns: number; readonly rows: number };

type PixelSize = { readonly width: number; readonly height: number };

/**
 * The most cells of an area that a picture fills without losing its proportions. The other side is rounded to whole cells, since that is
 * what the terminal can clear again.
 */
export function fitCells(picture: PixelSize, area: CellSize, cell: PixelSize): CellSize {
  const scale = Math.min(
    (area.columns * cell.width) / picture.width,
    (area.rows * cell.height) / picture.height,
  );
  return {
    columns: clamp(Math.round((picture.width * scale) / cell.width), area.columns),
    rows: clamp(Math.round((picture.height * scale) / cell.height), area.rows),
  };
}

function clamp(count: number, most: number): number {
  return Math.max(1, Math.min(count, most));
}
