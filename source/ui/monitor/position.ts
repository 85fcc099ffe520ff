import type { FilesView } from '../../presentation/snapshot.ts';
import type { FilesWindow, MonitorState } from './monitor-state.ts';

/** A place in the newest-first list: a file by its id, with the index among the matches where it was last seen. */
export type Position = {
  /** Null until the row at `index` has come. */
  readonly id: number | null;
  readonly index: number;
};

/** The id of the row at an index among the matches; null where the window does not reach. */
export function idAt(files: FilesView, index: number): number | null {
  return files.rows[index - files.firstIndex]?.id ?? null;
}

/** Lets selection and first row follow their files, and keeps the selection visible; the same object where nothing changed. */
export function settleSelection(state: MonitorState, { files, visibleCount }: FilesWindow): MonitorState {
  // The rows still answer an earlier filter: nothing can be found among them.
  if (files.filter !== state.filter) return state;
  const selected = state.selected === null ? null : locate(state.selected, files);
  let topIndex = state.top === null ? 0 : (locate(state.top, files)?.index ?? 0);
  if (selected !== null) {
    topIndex = Math.min(topIndex, selected.index);
    topIndex = Math.max(topIndex, selected.index - Math.max(1, visibleCount) + 1);
  }
  topIndex = Math.min(topIndex, Math.max(0, files.matchCount - visibleCount));
  const top = topIndex === 0 ? null : { index: topIndex, id: idAt(files, topIndex) };
  const isSame = isSamePosition(top, state.top) && isSamePosition(selected, state.selected);
  return isSame ? state : { ...state, top, selected };
}

function locate({ id, index }: Position, files: FilesView): Position | null {
  if (files.matchCount === 0) return null;
  const row = id === null ? -1 : files.rows.findIndex((candidate) => candidate.id === id);
  if (row >= 0) return { id, index: files.firstIndex + row };
  const clamped = Math.min(index, files.matchCount - 1);
  // Where the window shows another file at this index, ours is gone; elsewhere it has only not been seen.
  return { id: idAt(files, clamped) ?? id, index: clamped };
}

function isSamePosition(one: Position | null, other: Position | null): boolean {
  return one === other || (one?.id === other?.id && one?.index === other?.index);
}
