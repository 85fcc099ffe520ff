import { relative } from 'node:path';
import type { FilesRequest, FilesView } from '../presentation/snapshot.ts';
import type { FileIndex } from './file-index.ts';
import { type FilteredFiles, filterFiles } from './filter-files.ts';

/** What the folders say of themselves for a view. */
export type FoldersState = Pick<FilesView, 'directory' | 'status'>;

export type FileViewer = {
  view(request: FilesRequest, folders: FoldersState): FilesView;
  /** Of the last view's rows. */
  readonly visibleIds: readonly number[];
  retest(id: number): void;
  close(): void;
};

type Places = Pick<FileIndex, 'idFromNewest' | 'placeOf' | 'count'>;

/**
 * Cuts windows out of the index. A window that is not at the top is held by its first row: as long as the *same request object* comes
 * again, it follows that row while files arrive above it. Another object is a new wish and is taken at its word.
 */
export function createFileViewer(index: FileIndex, onProgress: () => void): FileViewer {
  let request: FilesRequest | null = null;
  let anchorId: number | null = null;
  let filtered: FilteredFiles | null = null;
  let last: { readonly version: number; readonly progress: number; readonly view: FilesView } | null = null;
  let progress = 0;
  let visibleIds: readonly number[] = [];

  function filterFor(text: string): FilteredFiles | null {
    if (text === (filtered?.text ?? '')) return filtered;
    filtered?.close();
    const report = () => {
      progress++;
      onProgress();
    };
    filtered = text === '' ? null : filterFiles(index, text, report);
    return filtered;
  }

  function cut(next: FilesRequest, folders: FoldersState): FilesView {
    const filter = filterFor(next.filter);
    index.settle();
    filter?.settle();
    const places: Places = filter ?? index;
    const wanted = next === request && anchorId !== null ? places.placeOf(anchorId) : next.firstIndex;
    const firstIndex = Math.max(0, Math.min(wanted, places.count - next.count));
    anchorId = next.firstIndex > 0 && firstIndex > 0 ? places.idFromNewest(firstIndex) : null;
    request = next;
    const rowCount = Math.max(0, Math.min(next.count, places.count - firstIndex));
    visibleIds = Array.from({ length: rowCount }, (_, row) => places.idFromNewest(firstIndex + row));
    return {
      ...folders,
      totalCount: index.count,
      totalByteCount: index.totalByteCount,
      matchCount: places.count,
      filter: next.filter,
      firstIndex,
      rows: visibleIds.map((id) => ({ ...index.rowOf(id), name: nameFor(id, folders.directory) })),
    };
  }

  function nameFor(id: number, directory: string | null): string {
    const folder = index.folderOf(id);
    const name = index.nameOf(id);
    return directory === null || folder === directory ? name : `${relative(directory, folder)}/${name}`;
  }

  return {
    get visibleIds() {
      return visibleIds;
    },
    view(next, folders) {
      const isKnown =
        last !== null &&
        next === request &&
        last.version === index.version &&
        last.progress === progress &&
        last.view.directory === folders.directory &&
        JSON.stringify(last.view.status) === JSON.stringify(folders.status);
      if (last && isKnown) return last.view;
      const view = cut(next, folders);
      last = { version: index.version, progress, view };
      return view;
    },
    retest: (id) => filtered?.retest(id),
    close: () => filtered?.close(),
  };
}
