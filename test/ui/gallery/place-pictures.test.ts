import { describe, expect, test } from 'vitest';
import type { Picture } from '../../../source/pictures/make-picture.ts';
import { undecided } from '../../../source/presentation/choosing.ts';
import { unknownImage } from '../../../source/presentation/image-facts.ts';
import { smallestTerminal } from '../../../source/ui/areas.ts';
import { emptyGallery } from '../../../source/ui/gallery/gallery-data.ts';
import { placePictures } from '../../../source/ui/gallery/place-pictures.ts';
import { previewBox } from '../../../source/ui/preview/preview-box.ts';
import type { ScreenView } from '../../../source/ui/screen-store.ts';
import { examplePlan, exampleWebUi } from '../example-webui.ts';
import { exampleNow } from '../monitor/example-snapshot.ts';
import { Pressed } from '../update/pressing.ts';

const picture: Picture = { columns: 12, rows: 5, data: 'a picture', remove: '', byteCount: 9 };

const path = '/out/00001-1.png';

/** What is looked at after one key, in a terminal of this size. */
function viewAfter(key: string, size: { readonly columns: number; readonly rows: number }): ScreenView {
  const pressed = new Pressed({ webUi: exampleWebUi, plan: examplePlan }).press(key);
  const image = { ...unknownImage(path), choice: undecided, look: null };
  return {
    state: pressed.state,
    snapshot: pressed.snapshot,
    link: { kind: 'live' },
    gallery: { ...emptyGallery, totalCount: 1, images: [image], pictures: new Map([[path, picture]]) },
    preview: { generationId: 1, picture },
    now: exampleNow,
    ...size,
  };
}

const tooSmall = [
  { ...smallestTerminal, columns: smallestTerminal.columns - 1, rows: 40 },
  { ...smallestTerminal, columns: 140, rows: smallestTerminal.rows - 1 },
];

describe('a terminal that is too small for any screen shows no pictures either', () => {
  test.each(tooSmall)('$columns columns and $rows rows', (size) => {
    expect(placePictures(viewAfter('v', size))).toEqual([]);
    expect(placePictures(viewAfter('w', size))).toEqual([]);
    expect(previewBox(viewAfter('w', size))).toBeNull();
  });

  test('a larger one does', () => {
    expect(placePictures(viewAfter('v', smallestTerminal))).toMatchObject([{ picture }]);
    expect(placePictures(viewAfter('w', { columns: 140, rows: 40 }))).toMatchObject([{ picture }]);
  });
});
