import { cleanText } from '../../../presentation/clean-text.ts';
import { characterBefore } from '../text-editor/boundaries.ts';
import { filterItems, type PickerItem } from './filter.ts';

/** A choice being made from a list; the list itself stays outside, for it may change underneath. */
export type PickerState = {
  readonly filter: string;
  /** The item that Enter takes; the first match when it is not among them. */
  readonly currentId: string | null;
};

export type PickerCommand =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'delete-back'
  | 'delete-word-back'
  | 'clear-filter';

export type PickerAction =
  | { readonly type: 'insert'; readonly text: string }
  | { readonly type: 'command'; readonly command: PickerCommand };

/** Longer than any file name. */
const maxFilterLength = 200;

export function createPicker(currentId: string | null, filter = ''): PickerState {
  return { filter, currentId };
}

/** The matches, and where among them the current one is (0 when there are none). */
export function matchesOf(
  state: PickerState,
  items: readonly PickerItem[],
): { readonly matches: readonly PickerItem[]; readonly index: number } {
  const matches = filterItems(items, state.filter);
  return {
    matches,
    index: Math.max(
      0,
      matches.findIndex((item) => item.id === state.currentId),
    ),
  };
}

/** What Enter takes; null when nothing matches. */
export function currentItem(state: PickerState, items: readonly PickerItem[]): PickerItem | null {
  const { matches, index } = matchesOf(state, items);
  return matches[index] ?? null;
}

/** What an action makes of the choice; `pageSize` is the number of rows on the screen. */
export function reducePicker(
  state: PickerState,
  action: PickerAction,
  items: readonly PickerItem[],
  pageSize: number,
): PickerState {
  if (action.type === 'insert') return filterBy(state, state.filter + cleanText(action.text));
  const { matches, index } = matchesOf(state, items);
  const moveTo = (target: number): PickerState => {
    const item = matches[Math.max(0, Math.min(matches.length - 1, target))];
    return item === undefined ? state : { ...state, currentId: item.id };
  };
  switch (action.command) {
    case 'up':
      return moveTo(index - 1);
    case 'down':
      return moveTo(index + 1);
    case 'page-up':
      return moveTo(index - pageSize);
    case 'page-down':
      return moveTo(index + pageSize);
    case 'first':
      return moveTo(0);
    case 'last':
      return moveTo(matches.length - 1);
    case 'delete-back':
      return filterBy(state, state.filter.slice(0, characterBefore(state.filter, state.filter.length)));
    case 'delete-word-back':
      return filterBy(state, state.filter.replace(/\S*\s*$/, ''));
    case 'clear-filter':
      return filterBy(state, '');
  }
}

/** A longer filter starts again at its best match; a shorter one keeps what was chosen. */
function filterBy(state: PickerState, filter: string): PickerState {
  if (filter === state.filter || filter.length > maxFilterLength) return state;
  return { filter, currentId: filter.length > state.filter.length ? null : state.currentId };
}
