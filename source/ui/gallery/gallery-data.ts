import type { NoPicture, Picture } from '../../pictures/make-picture.ts';
import type { ChoosableImage, ChoosingWindow, Decision } from '../../presentation/choosing.ts';

/** The cells that a picture may take. */
export type PictureBox = { readonly columns: number; readonly rows: number };

/** What the gallery wants to show: a part of the list, and pictures of it, those at `first` before the others. */
export type GalleryWish = {
  readonly window: ChoosingWindow;
  readonly box: PictureBox;
  /** Index in the whole list of the image whose picture is wanted most. */
  readonly first: number;
  /** Whether its infotext is wanted too. */
  readonly isReading: boolean;
};

/** What is made anew from an image. */
export type AgainKind = 'same' | 'prompt' | 'variations' | 'hires' | 'plan';

/** What there is to show now; the same object until something changed. */
export type GalleryData = {
  /** Why the images cannot be listed, a sentence; null where they can. */
  readonly trouble: string | null;
  /** The wish that `images` answers; null before the first answer. */
  readonly answered: GalleryWish | null;
  /** Images that pass the filter. */
  readonly totalCount: number;
  readonly firstIndex: number;
  readonly images: readonly ChoosableImage[];
  /** By path, for the box of the wish; missing while it is being made. */
  readonly pictures: ReadonlyMap<string, Picture | NoPicture>;
  /** By path, as far as it was read for a single picture; null where a file has none. */
  readonly infotexts: ReadonlyMap<string, string | null>;
  /** What came of the last deed, a sentence, and how many were told before it. */
  readonly said: {
    readonly text: string;
    readonly tone: 'info' | 'warning';
    readonly number: number;
  } | null;
};

export const emptyGallery: GalleryData = {
  trouble: null,
  answered: null,
  totalCount: 0,
  firstIndex: 0,
  images: [],
  pictures: new Map(),
  infotexts: new Map(),
  said: null,
};

/** The images and their pictures, for one screen; nothing is opened or read before the first wish. */
export type GalleryPort = {
  getData(): GalleryData;
  /** Returns the way to stop listening. */
  subscribe(listener: () => void): () => void;
  /** The newest wish counts; what an older one still wants is given up. */
  wish(wish: GalleryWish): void;
  choose(paths: readonly string[], decision: Decision): void;
  undo(): void;
  again(image: ChoosableImage, kind: AgainKind): void;
  /** Nobody looks any more: nothing is made or asked until the next wish. */
  rest(): void;
  close(): void;
};
