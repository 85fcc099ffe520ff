import type { ChoosableImage } from '../../presentation/choosing.ts';
import type { GalleryData, GalleryWish } from './gallery-data.ts';
import { type GalleryLayout, pageSize } from './gallery-layout.ts';
import { parseFilter } from './parse-filter.ts';

/** What the gallery remembers of its user; the images come from the data. */
export type GalleryState = {
  /** One picture with all that is known of it, in place of many. */
  readonly isSingle: boolean;
  /** Index in the filtered list, 0 the first. */
  readonly selected: number;
  /** Whether the newest is to be selected, whatever comes, until the user moves or does anything; of a single picture never. */
  readonly isFollowing: boolean;
  /** Path of the selected image, which the selection stays with; null while following, or until its row has come. */
  readonly selectedPath: string | null;
  /** Path of the image that left the list while it was selected: it is again when an undo brings it back before anything else is done. */
  readonly leftPath: string | null;
  readonly sort: 'newest' | 'best';
  readonly filter: string;
  readonly isFilterOpen: boolean;
  /** Paths of the images that the next choice is about; empty for the selected one alone. */
  readonly marked: ReadonlySet<string>;
  /** The first row that is shown of a picture's text. */
  readonly firstTextRow: number;
  /** How long the list was when it was last seen under this filter; null before. */
  readonly seenCount: number | null;
};

export const initialGallery: GalleryState = {
  isSingle: false,
  selected: 0,
  isFollowing: true,
  selectedPath: null,
  leftPath: null,
  sort: 'newest',
  filter: '',
  isFilterOpen: false,
  marked: new Set(),
  firstTextRow: 0,
  seenCount: null,
};

export type GalleryMove =
  | { readonly type: 'by'; readonly count: number }
  | { readonly type: 'rows'; readonly count: number }
  | { readonly type: 'page'; readonly direction: 1 | -1 }
  | { readonly type: 'first' }
  | { readonly type: 'last' };

/** The state with another image selected; a single picture's text begins at its top again. */
export function moveGallery(
  state: GalleryState,
  move: GalleryMove,
  data: GalleryData,
  layout: GalleryLayout,
): GalleryState {
  const { totalCount } = data;
  const to = Math.max(0, Math.min(totalCount - 1, target(state.selected, move, totalCount, layout)));
  const moved = to === state.selected ? state : { ...state, selected: to, firstTextRow: 0 };
  return move.type === 'first' && !state.isSingle ? followNewest(moved) : holdImage(moved, data);
}

/** The state in which the first image is selected, and stays so when others come before it; a single picture is held even then. */
export function followNewest(state: GalleryState): GalleryState {
  return { ...state, selected: 0, isFollowing: !state.isSingle, selectedPath: null, leftPath: null };
}

/** The state that stays with the image that is selected now. */
export function holdImage(state: GalleryState, data: GalleryData): GalleryState {
  if (data.totalCount === 0) return state;
  const selectedPath = imageAt(data, state.selected)?.path ?? null;
  const isSame = !state.isFollowing && state.selectedPath === selectedPath && state.leftPath === null;
  return isSame ? state : { ...state, isFollowing: false, selectedPath, leftPath: null };
}

function target(selected: number, move: GalleryMove, totalCount: number, layout: GalleryLayout): number {
  const columnCount = layout.kind === 'grid' ? layout.columnCount : 1;
  switch (move.type) {
    case 'by':
      return selected + move.count;
    case 'rows': {
      const to = selected + move.count * columnCount;
      // From the last full row down to the shorter one below it, and never sideways out of the first or last.
      if (to < 0) return selected;
      const lastRow = Math.floor((totalCount - 1) / columnCount);
      return Math.floor(selected / columnCount) === lastRow && move.count > 0 ? selected : to;
    }
    case 'page':
      return selected + move.direction * pageSize(layout);
    case 'first':
      return 0;
    case 'last':
      return totalCount - 1;
  }
}

/** What is to be listed and drawn: the page with the selected image, or it and its neighbours. */
export function wishOf(state: GalleryState, layout: GalleryLayout): GalleryWish {
  const size = pageSize(layout);
  const page = Math.floor(state.selected / size) * size;
  const place =
    layout.kind === 'single'
      ? { firstIndex: Math.max(0, state.selected - 1), count: state.selected === 0 ? 2 : 3 }
      : { firstIndex: page, count: size };
  return {
    window: { filter: parseFilter(state.filter), sort: state.sort, ...place },
    box: layout.box,
    first: state.selected,
    isReading: state.isSingle,
  };
}

/** Stays with its image wherever that is now, and within the list when it became shorter. */
export function settleGallery(state: GalleryState, data: GalleryData): GalleryState {
  const { answered, totalCount } = data;
  if (answered === null || !isAnswerTo(answered, state)) return state;
  const selected = Math.max(0, Math.min(totalCount - 1, placeOfSelected(state, data)));
  // What was not listed yet is only not seen; where another image has its place, it left the list.
  const selectedPath = state.isFollowing ? null : (imageAt(data, selected)?.path ?? state.selectedPath);
  const hasLeft = state.selectedPath !== null && selectedPath !== state.selectedPath;
  const isBack = selectedPath === state.leftPath;
  const leftPath = isBack ? null : hasLeft ? state.selectedPath : state.leftPath;
  const isSame =
    selected === state.selected && selectedPath === state.selectedPath && state.seenCount === totalCount;
  return isSame ? state : { ...state, selected, selectedPath, leftPath, seenCount: totalCount };
}

function placeOfSelected(state: GalleryState, data: GalleryData): number {
  const { selected, selectedPath, leftPath, isFollowing, sort, seenCount } = state;
  if (isFollowing) return selected;
  const placeOf = (wanted: string | null) => data.images.findIndex(({ path }) => path === wanted);
  const backPlace = placeOf(leftPath);
  const place = backPlace >= 0 ? backPlace : placeOf(selectedPath);
  if (place >= 0) return data.firstIndex + place;
  const cameCount = seenCount === null ? 0 : data.totalCount - seenCount;
  return sort === 'newest' && cameCount > 0 ? selected + cameCount : selected;
}

function isAnswerTo({ window }: GalleryWish, state: GalleryState): boolean {
  return (
    window.sort === state.sort && JSON.stringify(window.filter) === JSON.stringify(parseFilter(state.filter))
  );
}

/** The image at an index, as far as it is known. */
export function imageAt(data: GalleryData, index: number): ChoosableImage | null {
  return data.images[index - data.firstIndex] ?? null;
}

/** The images that a choice is about: the marked ones, or else the selected one. */
export function chosenPaths(state: GalleryState, data: GalleryData): readonly string[] {
  if (state.marked.size > 0) return [...state.marked];
  const image = imageAt(data, state.selected);
  return image === null ? [] : [image.path];
}
