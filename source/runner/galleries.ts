import type { Saving } from '../engine/effect.ts';
import type { Attribution, FilesWindow, Gallery } from '../gallery/gallery.ts';
import { openGallery } from '../gallery/open-gallery.ts';
import type { FilesRequest, FilesView } from '../presentation/snapshot.ts';
import type { SavingPlan } from './choose-saving.ts';

const countRequest: FilesRequest = { firstIndex: 0, count: 0, filter: '' };

const noFiles: Omit<FilesView, 'filter' | 'firstIndex'> = {
  directory: null,
  status: { kind: 'unknown-directory' },
  totalCount: 0,
  totalByteCount: 0,
  matchCount: 0,
  rows: [],
};

/** An image that an earlier runner has made, with its absolute path. */
export type KnownImage = Attribution & { readonly path: string };

/** The directories that a run may save into; the one that is used now is the one that is shown. */
export type Galleries = {
  /** Where images go from now on; opens the directory where it is new. */
  use(plan: SavingPlan, by: Saving): void;
  current(): Gallery | null;
  /** Files of the current directory; null before there is one. */
  fileCount(): number | null;
  /** Opens a window on the files of whichever directory is current. */
  openWindow(): FilesWindow;
  close(): void;
};

export type GalleriesOptions = {
  readonly onChange: () => void;
  /** Whether anybody acts on a change. */
  readonly isFollowed: () => boolean;
  /** Images from before this runner, whose generations are known. */
  readonly known: readonly KnownImage[];
};

export function createGalleries({ onChange, isFollowed, known }: GalleriesOptions): Galleries {
  const opened = new Map<string, Gallery>();
  let current: Gallery | null = null;
  let counted: { readonly gallery: Gallery | null; readonly window: FilesWindow | null } = {
    gallery: null,
    window: null,
  };

  function open(directory: string): Gallery {
    const before = opened.get(directory);
    if (before) return before;
    const gallery = openGallery({ directory, isFollowed });
    gallery.subscribe(onChange);
    for (const { path, ...attribution } of known) {
      if (path.startsWith(`${directory}/`)) gallery.attribute(path, attribution);
    }
    gallery.start();
    opened.set(directory, gallery);
    return gallery;
  }

  return {
    use(plan, by) {
      current = open(by === 'client' ? plan.clientDirectory : plan.directory);
      onChange();
    },
    current: () => current,
    fileCount() {
      if (counted.gallery !== current) {
        counted.window?.close();
        counted = { gallery: current, window: current?.openWindow() ?? null };
      }
      return counted.window?.view(countRequest).totalCount ?? null;
    },
    openWindow() {
      let shown: Gallery | null = null;
      let window: FilesWindow | null = null;
      return {
        view(request) {
          if (shown !== current) {
            window?.close();
            window = current?.openWindow() ?? null;
            shown = current;
          }
          return window?.view(request) ?? { ...noFiles, filter: request.filter, firstIndex: 0 };
        },
        close: () => window?.close(),
      };
    },
    close() {
      counted.window?.close();
      for (const gallery of opened.values()) gallery.close();
    },
  };
}
