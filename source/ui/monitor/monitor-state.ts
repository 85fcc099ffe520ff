import type { FilesView } from '../../presentation/snapshot.ts';
import { idAt, type Position, settleSelection } from './position.ts';

/** What the monitor remembers of its user; everything else comes from the snapshot. */
export type MonitorState = {
  /** The file in the first visible row; null while the list follows the newest. */
  readonly top: Position | null;
  readonly selected: Position | null;
  readonly filter: string;
  readonly isFilterOpen: boolean;
  readonly areDetailsOpen: boolean;
  /** Whether the live preview is looked at. */
  readonly isPreviewShown: boolean;
};

export type MonitorAction =
  | { readonly type: 'move'; readonly rowCount: number }
  | { readonly type: 'page'; readonly direction: 1 | -1 }
  /** Back to following the newest files, nothing selected. */
  | { readonly type: 'newest' }
  | { readonly type: 'oldest' }
  | { readonly type: 'open-filter' }
  | { readonly type: 'type-filter'; readonly text: string }
  | { readonly type: 'erase-filter' }
  | { readonly type: 'clear-filter' }
  | { readonly type: 'close-filter' }
  | { readonly type: 'toggle-details' }
  | { readonly type: 'toggle-preview' }
  /** One step back: details, then filter, then selection. */
  | { readonly type: 'back' }
  /** A new snapshot has come: positions follow their files. */
  | { readonly type: 'files-changed' };

/** What positions are relative to: the known window on the list, and how many rows the screen shows. */
export type FilesWindow = { readonly files: FilesView; readonly visibleCount: number };

export const initialMonitorState: MonitorState = {
  top: null,
  selected: null,
  filter: '',
  isFilterOpen: false,
  areDetailsOpen: false,
  isPreviewShown: false,
};

/** The state after an action; the same object where nothing changed. */
export function reduceMonitor(state: MonitorState, action: MonitorAction, window: FilesWindow): MonitorState {
  return settleSelection(reduce(state, action, window), window);
}

function reduce(state: MonitorState, action: MonitorAction, window: FilesWindow): MonitorState {
  switch (action.type) {
    case 'move':
      return moveSelection(state, action.rowCount, window);
    case 'page':
      return moveSelection(state, action.direction * Math.max(1, window.visibleCount - 1), window);
    case 'newest':
      return { ...state, top: null, selected: null, areDetailsOpen: false };
    case 'oldest':
      return moveSelection(state, window.files.matchCount, window);
    case 'open-filter':
      return { ...state, isFilterOpen: true };
    case 'type-filter':
      return withFilter(state, state.filter + action.text);
    case 'erase-filter':
      return withFilter(state, Array.from(state.filter).slice(0, -1).join(''));
    case 'clear-filter':
      return withFilter(state, '');
    case 'close-filter':
      return { ...state, isFilterOpen: false };
    case 'toggle-details':
      return { ...selectSomething(state, window), areDetailsOpen: !state.areDetailsOpen };
    case 'toggle-preview':
      return { ...state, isPreviewShown: !state.isPreviewShown };
    case 'back':
      if (state.areDetailsOpen) return { ...state, areDetailsOpen: false };
      if (state.isFilterOpen || state.filter !== '') return { ...withFilter(state, ''), isFilterOpen: false };
      return { ...state, top: null, selected: null };
    case 'files-changed':
      return state;
  }
}

function withFilter(state: MonitorState, filter: string): MonitorState {
  return filter === state.filter ? state : { ...state, filter, top: null, selected: null };
}

function selectSomething(state: MonitorState, window: FilesWindow): MonitorState {
  return state.selected === null ? moveSelection(state, 1, window) : state;
}

/** Without a selection the first visible row is taken, and the move goes on from there. */
function moveSelection(state: MonitorState, rowCount: number, { files }: FilesWindow): MonitorState {
  if (files.matchCount === 0) return state;
  const topIndex = state.top?.index ?? 0;
  const from = state.selected?.index ?? (rowCount > 0 ? topIndex - 1 : topIndex);
  const index = Math.min(files.matchCount - 1, Math.max(0, from + rowCount));
  return { ...state, selected: { index, id: idAt(files, index) } };
}
