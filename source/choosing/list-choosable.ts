import type { DatabaseSync } from 'node:sqlite';
import { readLedgerImages } from '../ledger/list-ledger-images.ts';
import { numberAt } from '../ledger/row.ts';
import type { ChoosableImage, ChoosingWindow } from '../presentation/choosing.ts';
import { undecided } from '../presentation/choosing.ts';
import { unknownImage } from '../presentation/image-facts.ts';
import type { FileTable, KnownFile } from './file-table.ts';
import { type Found, findChoosable, type Place } from './find-choosable.ts';
import type { LedgerView } from './ledger-view.ts';

/** Reads windows on the images; remembers what it has found out about a filter until something changes. Throws SQLite's error. */
export function createImageLister(database: DatabaseSync, files: FileTable, view: LedgerView) {
  let known: { readonly key: string; readonly found: Found } | null = null;

  return (window: ChoosingWindow) => {
    const hasLedger = view.refresh();
    const key = JSON.stringify([window.filter, window.sort, view.revision()]);
    if (known?.key !== key) known = { key, found: findChoosable(database, window, hasLedger) };
    const slice = known.found(window.firstIndex, window.count);
    return { ...slice, images: readImages(database, files, slice.places) };
  };
}

function readImages(database: DatabaseSync, files: FileTable, places: readonly Place[]): ChoosableImage[] {
  const imageIds = places.flatMap(({ imageId }) => (imageId === null ? [] : [imageId]));
  const images = imageIds.length === 0 ? new Map() : readLedgerImages(database, imageIds);
  const fileIds = new Map<number, number>();
  const rows = database
    .prepare('SELECT image_id, file_id FROM temp.chosen WHERE image_id IN (SELECT value FROM json_each(?))')
    .all(JSON.stringify(imageIds));
  for (const row of rows) fileIds.set(numberAt(row, 'image_id'), numberAt(row, 'file_id'));
  const wanted = places.flatMap(({ fileId }) => (fileId === null ? [] : [fileId]));
  const known = new Map(files.withIds([...wanted, ...fileIds.values()]).map((file) => [file.id, file]));
  return places.flatMap(({ imageId, fileId }) => {
    const file = known.get(fileId ?? fileIds.get(imageId ?? -1) ?? -1) ?? null;
    const image = imageId === null ? null : (images.get(imageId) ?? null);
    if (image !== null) return [{ ...image, ...decisionOf(file, image.path) }];
    return file === null ? [] : [{ ...strangeImage(file), ...decisionOf(file, file.place) }];
  });
}

function decisionOf(file: KnownFile | null, path: string) {
  if (file === null) return { path, choice: undecided, look: null };
  return { path: file.trashPath ?? file.place, choice: file.choice, look: file.look };
}

/** Of a file that the ledger does not know. */
function strangeImage({ place, byteCount, savedAt, seed, width, height }: KnownFile) {
  return { ...unknownImage(place), seed, width, height, byteCount, savedAt };
}
