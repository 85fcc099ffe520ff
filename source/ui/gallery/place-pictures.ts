import type { PlacedPicture } from '../../pictures/picture-layer.ts';
import { isTooSmall } from '../areas.ts';
import { previewBox } from '../preview/preview-box.ts';
import type { ScreenView } from '../screen-store.ts';
import { galleryLayoutOf } from '../update/on-gallery.ts';
import { emptyGallery } from './gallery-data.ts';
import { pageSize } from './gallery-layout.ts';
import { imageAt } from './gallery-state.ts';

/** The header line and the panel's upper border. */
const rowsAbove = 2;

/** The panel's left border and a blank. */
const columnsBefore = 2;

/** Where the gallery's pictures belong on the whole screen, each in its place; none while something lies over them. */
export function placePictures(view: ScreenView): PlacedPicture[] {
  const { screen, overlay } = view.state;
  if (screen.kind === 'monitor') return placePreview(view);
  const data = view.gallery ?? emptyGallery;
  if (screen.kind !== 'gallery' || overlay?.kind === 'help' || data.trouble !== null) return [];
  if (isTooSmall(view)) return [];
  const { gallery } = screen;
  const layout = galleryLayoutOf(gallery, view);
  const size = pageSize(layout);
  const first = Math.floor(gallery.selected / size) * size;
  return Array.from({ length: size }, (_, place): PlacedPicture[] => {
    const image = imageAt(data, first + place);
    const picture = image && data.pictures.get(image.path);
    if (!image || !picture || 'reason' in picture) return [];
    const corner =
      layout.kind === 'grid'
        ? {
            row: Math.floor(place / layout.columnCount) * layout.tileHeight,
            column: (place % layout.columnCount) * layout.tileWidth + 1,
          }
        : { row: 0, column: 0 };
    // Right above its caption, or beside the first line of its text.
    const row = layout.kind === 'grid' ? Math.max(0, layout.box.rows - picture.rows) : 0;
    const column = Math.max(0, Math.floor((layout.box.columns - picture.columns) / 2));
    return [
      {
        key: `${place}`,
        row: rowsAbove + layout.top + corner.row + row,
        column: columnsBefore + corner.column + column,
        picture,
      },
    ];
  }).flat();
}

/** The live preview, in the middle of its panel. */
function placePreview(view: ScreenView): PlacedPicture[] {
  const box = previewBox(view);
  const { picture } = view.preview;
  if (box === null || picture === null || 'reason' in picture) return [];
  return [
    {
      key: 'preview',
      row: box.row + Math.max(0, Math.floor((box.rows - picture.rows) / 2)),
      column: box.column + Math.max(0, Math.floor((box.columns - picture.columns) / 2)),
      picture,
    },
  ];
}
