import { join } from 'node:path';
import { reasonOf } from './disk-failure.ts';
import type { FileIndex } from './file-index.ts';
import { datedFolder } from './file-name.ts';
import type { FollowedFolders } from './follow-folders.ts';
import type { FoldersState } from './view-files.ts';
import type { WatchState } from './watch-folder.ts';

export type FoldersStateSource = {
  readonly directory: string;
  readonly now: () => number;
  readonly index: FileIndex;
  readonly folders: FollowedFolders;
  /** ms since epoch. */
  readonly startedAt: number;
};

/** Says which folder is shown (that of the newest file; today's before there is one) and how it is followed. */
export function foldersState({
  directory,
  now,
  index,
  folders,
  startedAt,
}: FoldersStateSource): FoldersState {
  const today = join(directory, datedFolder(now()));
  index.settle();
  const newest = index.idFromNewest(0);
  const shown = newest > 0 ? index.folderOf(newest) : today;
  const states = [folders.rootState, folders.stateOf(today), folders.stateOf(shown)].filter(
    (state) => state !== null,
  );
  return { directory: shown, status: statusOf(states) };

  function statusOf(followed: readonly WatchState[]): FoldersState['status'] {
    const unreadable = followed.find((state) => state.kind === 'unreadable');
    if (unreadable) return { kind: 'unreadable', reason: reasonOf(unreadable.code) };
    if (folders.rootState.kind === 'missing') return { kind: 'waiting-for-directory' };
    if (!folders.isLoaded || followed.some((state) => state.kind === 'reading')) {
      return { kind: 'reading', readCount: folders.readCount, since: startedAt };
    }
    const polling = followed.find((state) => state.kind === 'polling');
    if (newest === 0 && folders.stateOf(today) === null) return { kind: 'waiting-for-directory' };
    return polling ? { kind: 'polling', everyMs: polling.everyMs } : { kind: 'watching' };
  }
}
