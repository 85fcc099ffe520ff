import type { Recipe } from '../plan/recipe.ts';
import type { ImageFacts, ImageFilter } from './image-facts.ts';

/**
 * What a person made of an image. Undecided until they say so; stars keep an image, and one that is rejected has none. A rejected image
 * lies in the trash folder beside the others until it is restored or purged.
 */
export type Choice = {
  readonly verdict: 'undecided' | 'kept' | 'rejected';
  /** 0 for none; 1 to 5 only where it is kept. */
  readonly stars: number;
};

export const undecided: Choice = { verdict: 'undecided', stars: 0 };

/** What is to become of images; `keep` leaves stars as they are, `clear` makes them undecided again. */
export type Decision =
  | { readonly kind: 'keep' }
  | { readonly kind: 'stars'; readonly stars: number }
  | { readonly kind: 'reject' }
  | { readonly kind: 'clear' };

/** What was seen in a picture by itself; nothing is done about it. */
export type Look = {
  /** Every pixel is black: what a sampling that ended in NaN leaves. */
  readonly isBlack: boolean;
  /** Absolute path of an earlier image that looks the same; null where none does. */
  readonly nearDuplicateOf: string | null;
};

/** An image with all that is known of it; of a rejected one the path is where it lies in the trash. */
export type ChoosableImage = ImageFacts & {
  readonly choice: Choice;
  /** Null while nobody has looked; in a list also where nothing was seen. */
  readonly look: Look | null;
};

/** Which images are wanted; null for a property that does not matter. */
export type ChoosingFilter = ImageFilter & {
  /** A part of the file's name, in upper or lower case. */
  readonly name: string | null;
  /** `present` is all that is not in the trash. */
  readonly verdict: 'present' | 'undecided' | 'kept' | 'rejected' | 'any';
  /** So many stars or more; 0 for all. */
  readonly minStars: number;
  readonly look: 'black' | 'near-duplicate' | null;
};

export const everyPresentImage: ChoosingFilter = {
  since: null,
  model: null,
  seed: null,
  prompt: null,
  name: null,
  verdict: 'present',
  minStars: 0,
  look: null,
};

/** A part of the list of images. */
export type ChoosingWindow = {
  readonly filter: ChoosingFilter;
  /** `best` lists images with stars only: most stars first, then newest. */
  readonly sort: 'newest' | 'best';
  readonly firstIndex: number;
  readonly count: number;
};

export type ChoosableImages =
  | {
      readonly ok: true;
      /** Images that pass the filter. */
      readonly totalCount: number;
      /** As asked for, or smaller where there are not so many. */
      readonly firstIndex: number;
      readonly images: readonly ChoosableImage[];
    }
  | Trouble;

/** Why something cannot be done, as a sentence for a person. */
export type Trouble = { readonly ok: false; readonly reason: string };

/** What came of a decision over one or several images. */
export type Chosen =
  | {
      readonly ok: true;
      /** Where the images are now that were decided on, by the path they were named with. */
      readonly paths: ReadonlyMap<string, string>;
      /** What could not be done, one sentence for each image; nothing was changed about those. */
      readonly problems: readonly string[];
    }
  | Trouble;

/** What an undo took back; `count` is 0 where there was nothing to take back. */
export type Undone =
  | {
      readonly ok: true;
      readonly count: number;
      readonly decision: Decision | { readonly kind: 'restore' } | null;
      readonly problems: readonly string[];
    }
  | Trouble;

/** A rejected file. */
export type TrashedFile = {
  /** Absolute, in the trash. */
  readonly path: string;
  /** Absolute, where it was. */
  readonly originalPath: string;
  readonly byteCount: number;
  /** ms since epoch. */
  readonly rejectedAt: number;
};

export type Trash =
  | { readonly ok: true; readonly files: readonly TrashedFile[]; readonly byteCount: number }
  | Trouble;

export type Purged =
  | {
      readonly ok: true;
      readonly count: number;
      readonly byteCount: number;
      readonly problems: readonly string[];
    }
  | Trouble;

/** The images of a profile and what was decided about them. Several may be open at once, beside a runner or without one. */
export type Chooser = {
  list(window: ChoosingWindow): Promise<ChoosableImages>;
  /** What was decided about these files, and seen in them, in this order; files of any origin, moved or not. */
  choicesOf(
    paths: readonly string[],
  ): Promise<readonly { readonly choice: Choice; readonly look: Look | null }[]>;
  /** Decides about files of any origin, named by their absolute paths; all at once is one step of undo. */
  choose(paths: readonly string[], decision: Decision): Promise<Chosen>;
  /** Takes back the last step that was not taken back yet; a file goes back from the trash where the step had put it there. */
  undo(): Promise<Undone>;
  trash(): Promise<Trash>;
  /** Takes files out of the trash, named by their paths there or by those they had; with what was decided before. */
  restore(paths: readonly string[]): Promise<Chosen>;
  /** Deletes the files in the trash for ever: exactly those that a person was told of. */
  purge(files: readonly TrashedFile[]): Promise<Purged>;
  /**
   * Looks at pictures that nobody has looked at yet, the newest first, one after the other, until the signal ends it; resolves to how many.
   * It is for a time when nothing else is wanted of the machine.
   */
  look(
    signal: AbortSignal,
    onProgress?: (lookedCount: number) => void,
  ): Promise<{ readonly ok: true; readonly count: number } | Trouble>;
  /** How the image of a file was made, as the ledger planned it, else as the file itself tells. */
  recipeOf(path: string): Promise<{ readonly ok: true; readonly recipe: Recipe } | Trouble>;
  /** Where decided files are or were before they were rejected, moved ones where they were last seen; purged ones among them. */
  decidedPlaces(): ReadonlyMap<string, Choice>;
  /** Grows with every change, by whomever: a list that was read before it is out of date. */
  revision(): number;
  close(): void;
};
