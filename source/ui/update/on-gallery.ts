import type { Decision } from '../../presentation/choosing.ts';
import { formatCounted } from '../../presentation/numbers.ts';
import { bodyArea } from '../areas.ts';
import { emptyGallery, type GalleryData } from '../gallery/gallery-data.ts';
import { type GalleryLayout, layoutGallery } from '../gallery/gallery-layout.ts';
import {
  chosenPaths,
  followNewest,
  type GalleryMove,
  type GalleryState,
  holdImage,
  imageAt,
  initialGallery,
  moveGallery,
  settleGallery,
  wishOf,
} from '../gallery/gallery-state.ts';
import { lastFirstRow } from '../gallery/picture-text.ts';
import { findBinding } from '../keys/binding.ts';
import { choosingBindings, type GalleryAction, galleryMoves } from '../keys/gallery-bindings.ts';
import type { KeyPress } from '../keys/key-press.ts';
import { filterBindings } from '../keys/monitor-bindings.ts';
import { become, type ScreenContext, type ScreenState, say, type Update } from '../screen-state.ts';
import { leaveNow } from './leave.ts';

/** Opens the pictures; what was looked at before is as it was left. */
export function openGallery(state: ScreenState, context: ScreenContext): Update {
  return show(
    state,
    { ...initialGallery, ...state.leftGallery, isSingle: false, isFilterOpen: false },
    context,
  );
}

export function pressOnGallery(
  state: ScreenState,
  gallery: GalleryState,
  key: KeyPress,
  context: ScreenContext,
): Update {
  if (gallery.isFilterOpen) return pressOnFilter(state, gallery, key, context);
  const action = findBinding([...choosingBindings, ...galleryMoves], key.chord)?.action;
  return action === undefined ? become(state) : act(state, gallery, action, context);
}

export function pasteIntoGallery(
  state: ScreenState,
  gallery: GalleryState,
  text: string,
  context: ScreenContext,
): Update {
  if (!gallery.isFilterOpen) return become(state);
  return filterBy(state, gallery, gallery.filter + text.trim(), context);
}

/** Follows new data and a new size of the window. */
export function settleOnGallery(state: ScreenState, context: ScreenContext): Update {
  const { screen } = state;
  if (screen.kind !== 'gallery') return become(state);
  const data = dataOf(context);
  const settled = show(state, settleGallery(screen.gallery, data), context);
  const { said } = data;
  if (said === null || said.number <= state.heardGalleryNumber) return settled;
  const heard = { ...settled.state, heardGalleryNumber: said.number };
  return { ...settled, state: { ...heard, note: { text: said.text, tone: said.tone } } };
}

export function dataOf({ gallery }: ScreenContext): GalleryData {
  return gallery ?? emptyGallery;
}

/** Where things are on the screen of this size. */
export function galleryLayoutOf(gallery: GalleryState, size: { columns: number; rows: number }) {
  const hasFilterLine = gallery.isFilterOpen || gallery.filter !== '';
  return layoutGallery(bodyArea(size), { isSingle: gallery.isSingle, hasFilterLine });
}

function show(state: ScreenState, gallery: GalleryState, context: ScreenContext): Update {
  const wish = wishOf(gallery, galleryLayoutOf(gallery, context));
  const { screen } = state;
  const isSame = screen.kind === 'gallery' && screen.gallery === gallery;
  const shown: ScreenState = isSame ? state : { ...state, screen: { kind: 'gallery', gallery } };
  return become(shown, { type: 'gallery-wish', wish });
}

const moves: Partial<Record<GalleryAction, GalleryMove>> = {
  left: { type: 'by', count: -1 },
  right: { type: 'by', count: 1 },
  up: { type: 'rows', count: -1 },
  down: { type: 'rows', count: 1 },
  'page-up': { type: 'page', direction: -1 },
  'page-down': { type: 'page', direction: 1 },
  first: { type: 'first' },
  last: { type: 'last' },
};

function act(
  state: ScreenState,
  gallery: GalleryState,
  action: GalleryAction,
  context: ScreenContext,
): Update {
  const data = dataOf(context);
  const move = moves[action];
  if (move !== undefined) {
    const layout = galleryLayoutOf(gallery, context);
    const moved =
      layout.kind === 'single' && move.type === 'rows'
        ? scrollText(gallery, move.count, data, layout)
        : moveGallery(gallery, move, data, layout);
    return show(state, moved, context);
  }
  switch (action) {
    case 'toggle-single':
      if (imageAt(data, gallery.selected) === null) return become(state);
      return show(
        state,
        { ...holdImage(gallery, data), isSingle: !gallery.isSingle, firstTextRow: 0 },
        context,
      );
    case 'open-filter':
      return show(state, { ...gallery, isFilterOpen: true, isSingle: false }, context);
    case 'sort': {
      const sort = gallery.sort === 'newest' ? 'best' : 'newest';
      const sorted = show(state, { ...followNewest(gallery), sort, seenCount: null }, context);
      const text = sort === 'best' ? 'Those with the most stars first.' : 'The newest first.';
      return { ...sorted, state: { ...sorted.state, note: { text, tone: 'info' } } };
    }
    case 'mark':
      return mark(state, gallery, context);
    case 'keep':
      return choose(state, gallery, { kind: 'keep' }, context);
    case 'reject':
      return choose(state, gallery, { kind: 'reject' }, context);
    case 'clear':
      return choose(state, gallery, { kind: 'clear' }, context);
    case 'stars-1':
    case 'stars-2':
    case 'stars-3':
    case 'stars-4':
    case 'stars-5':
      return choose(state, gallery, { kind: 'stars', stars: Number(action.slice(-1)) }, context);
    case 'undo':
      return become(state, { type: 'gallery-undo' });
    case 'again':
      return overSelected(state, gallery, context, 'again');
    case 'copy':
      return overSelected(state, gallery, context, 'copy');
    case 'help':
      return become({ ...state, overlay: { kind: 'help', firstRow: 0 } });
    case 'back':
      return back(state, gallery, context);
    case 'close':
      return close(state, gallery);
    default:
      return become(state);
  }
}

/** No further than the text goes: a key the other way is seen at once. */
function scrollText(
  gallery: GalleryState,
  count: number,
  data: GalleryData,
  layout: Extract<GalleryLayout, { kind: 'single' }>,
): GalleryState {
  const image = imageAt(data, gallery.selected);
  if (image === null) return gallery;
  const last = lastFirstRow(image, data.infotexts.get(image.path) ?? null, layout);
  const from = Math.min(gallery.firstTextRow, last);
  return { ...gallery, firstTextRow: Math.max(0, Math.min(last, from + count)) };
}

function mark(state: ScreenState, gallery: GalleryState, context: ScreenContext): Update {
  const data = dataOf(context);
  const image = imageAt(data, gallery.selected);
  if (image === null) return become(state);
  const marked = new Set(gallery.marked);
  if (!marked.delete(image.path)) marked.add(image.path);
  const next = moveGallery(
    { ...gallery, marked },
    { type: 'by', count: 1 },
    data,
    galleryLayoutOf(gallery, context),
  );
  return show(state, next, context);
}

function choose(
  state: ScreenState,
  gallery: GalleryState,
  decision: Decision,
  context: ScreenContext,
): Update {
  const data = dataOf(context);
  const paths = chosenPaths(gallery, data);
  if (paths.length === 0) return say(state, 'There is no picture to choose here.');
  const shown = show(state, { ...holdImage(gallery, data), marked: new Set() }, context);
  return { ...shown, effects: [...shown.effects, { type: 'gallery-choose', paths, decision }] };
}

function overSelected(
  state: ScreenState,
  gallery: GalleryState,
  context: ScreenContext,
  kind: 'again' | 'copy',
): Update {
  const image = imageAt(dataOf(context), gallery.selected);
  if (image === null) return say(state, 'There is no picture here.');
  return become({ ...state, overlay: { kind, image } });
}

function back(state: ScreenState, gallery: GalleryState, context: ScreenContext): Update {
  if (gallery.isSingle) return show(state, { ...gallery, isSingle: false }, context);
  if (gallery.marked.size > 0) {
    const count = formatCounted(gallery.marked.size, 'mark');
    const dropped = show(state, { ...gallery, marked: new Set() }, context);
    return { ...dropped, state: { ...dropped.state, note: { text: `Dropped ${count}.`, tone: 'info' } } };
  }
  if (gallery.filter !== '') return filterBy(state, gallery, '', context);
  return close(state, gallery);
}

function close(state: ScreenState, gallery: GalleryState): Update {
  if (state.isGalleryOnly) return leaveNow(state);
  const left = {
    selected: gallery.selected,
    isFollowing: gallery.isFollowing,
    selectedPath: gallery.selectedPath,
    sort: gallery.sort,
    filter: gallery.filter,
    seenCount: gallery.seenCount,
  };
  return become({ ...state, screen: { kind: 'monitor' }, leftGallery: left }, { type: 'gallery-rest' });
}

function pressOnFilter(
  state: ScreenState,
  gallery: GalleryState,
  key: KeyPress,
  context: ScreenContext,
): Update {
  const action = findBinding(filterBindings, key.chord)?.action;
  switch (action) {
    case 'keep-filter':
      return show(state, { ...gallery, isFilterOpen: false }, context);
    case 'drop-filter':
      return filterBy(state, { ...gallery, isFilterOpen: false }, '', context);
    case 'clear':
      return filterBy(state, gallery, '', context);
    case 'delete-back':
      return filterBy(state, gallery, Array.from(gallery.filter).slice(0, -1).join(''), context);
    case 'up':
      return act(state, gallery, 'left', context);
    case 'down':
      return act(state, gallery, 'right', context);
    case undefined:
      return key.text === '' ? become(state) : filterBy(state, gallery, gallery.filter + key.text, context);
  }
}

function filterBy(state: ScreenState, gallery: GalleryState, filter: string, context: ScreenContext): Update {
  if (filter === gallery.filter) return show(state, gallery, context);
  return show(state, { ...followNewest(gallery), filter, seenCount: null }, context);
}
