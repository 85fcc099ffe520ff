import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Gallery } from '../../../source/gallery/gallery.ts';
import { type GalleryOptions, openGallery } from '../../../source/gallery/open-gallery.ts';
import type { FilesRequest, FilesView } from '../../../source/presentation/snapshot.ts';
import { makeTemporaryFolder } from './temporary.ts';

/** The first 20 rows, as one request object. */
export const firstRows: FilesRequest = { firstIndex: 0, count: 20, filter: '' };

/** Local noon of a day whose folder is `2026-11-22`. */
export const noon = new Date(2026, 10, 22, 12).getTime();

/** A gallery that ends with the running test. */
export function openForTest(options: GalleryOptions): Gallery {
  const gallery = openGallery(options);
  onTestFinished(() => gallery.close());
  return gallery;
}

/** Waits until a view is as wanted, woken by the gallery's own calls; fails with the last view. */
export async function waitForView(
  gallery: Gallery,
  isWanted: (view: FilesView) => boolean,
  request: FilesRequest = firstRows,
): Promise<FilesView> {
  const window = gallery.openWindow();
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      stop();
      reject(
        new Error(`The view never came: ${JSON.stringify(window.view(request), null, 1).slice(0, 3000)}`),
      );
    }, 10_000);
    const look = () => {
      const view = window.view(request);
      if (!isWanted(view)) return;
      clearTimeout(limit);
      stop();
      window.close();
      resolve(view);
    };
    const stop = gallery.subscribe(look);
    look();
  });
}

export const namesOf = (view: FilesView) => view.rows.map(({ name }) => name);

/** Writes a file as A1111 does: aside as `.tmp`, then renamed (webui-api.md 9.4). */
export function writeLikeServer(folder: string, name: string, bytes: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `${name.replace(/\.\w+$/, '')}.tmp`);
  writeFileSync(temporary, bytes);
  renameSync(temporary, join(folder, name));
  return join(folder, name);
}

/** An output directory that does not exist yet, with the folder that is today's at `noon`. */
export function makeDirectory(): { directory: string; today: string } {
  const directory = join(makeTemporaryFolder(), 'txt2img-images');
  return { directory, today: join(directory, '2026-11-22') };
}
