import type { Saving } from '../engine/effect.ts';
import type { Gallery } from '../gallery/gallery.ts';
import { openGallery } from '../gallery/open-gallery.ts';
import type { FilesRequest, FilesView } from '../presentation/snapshot.ts';
import type { SavingPlan } from './choose-saving.ts';

const noFiles: Omit<FilesView, 'filter' | 'firstIndex'> = {
  directory: null,
  status: { kind: 'unknown-directory' },
  totalCount: 0,
  totalByteCount: 0,
  matchCount: 0,
  rows: [],
};

/** The directories that a run may save into; the one that is used now is the one that is shown. */
export type Galleries = {
  /** Where images go from now on; opens the directory where it is new. */
  use(plan: SavingPlan, by: Saving): void;
  current(): Gallery | null;
  view(request: FilesRequest): FilesView;
  close(): void;
};

export function createGalleries(onChange: () => void): Galleries {
  const opened = new Map<string, Gallery>();
  let current: Gallery | null = null;

  function open(directory: string): Gallery {
    const known = opened.get(directory);
    if (known) return known;
    const gallery = openGallery({ directory });
    gallery.subscribe(onChange);
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
    view(request) {
      return current?.view(request) ?? { ...noFiles, filter: request.filter, firstIndex: 0 };
    },
    close() {
      for (const gallery of opened.values()) gallery.close();
    },
  };
}
