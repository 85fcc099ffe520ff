import type { Result } from '../generation/failure.ts';
import type { GeneratedImage } from '../generation/image.ts';
import type { FilesRequest, FilesView } from '../presentation/snapshot.ts';

/** What is known of an image of ours that the file itself does not say. */
export type Attribution = {
  readonly generationId: number;
  readonly seed: number;
  readonly durationMs: number;
};

/** A complete image that was found on disk. */
export type FoundImage = GeneratedImage & {
  /** Whether it has so few bytes for its pixels that it may be black, or be broken inside. */
  readonly isPlain: boolean;
};

/** One screen's window on the list of files, with a place and a filter of its own. */
export type FilesWindow = {
  /**
   * What the window shows; the same object until something changes. While `firstIndex` is not 0, the window stays on its first row as
   * files arrive, for as long as the *same request object* is passed; another object is taken at its word.
   */
  view(request: FilesRequest): FilesView;
  close(): void;
};

/** The output directory: its files newest first, and the saving of new ones. */
export type Gallery = {
  /** The directory that holds the dated ones (`.../txt2img-images`), absolute. */
  readonly directory: string;
  /** Reads what is there and follows it from then on; returns at once. */
  start(): void;
  /**
   * Finds files that were saved for these seeds since `sinceMs` (by infotext, else by name; complete) in today's and yesterday's
   * folder and, for a time before this gallery was opened, in the folders of the days around it; returns those found, in seed order. Files that were attributed are passed over, so attribute a generation's images before
   * the next one with the same seeds is looked for. Waits up to `patienceMs` for late ones (network file systems).
   */
  findImages(search: {
    readonly seeds: readonly number[];
    readonly sinceMs: number;
    readonly patienceMs: number;
  }): Promise<FoundImage[]>;
  /**
   * Writes images as `NNNNN-SEED.ext` into today's folder: aside, then renamed; all of them or a failure (disk-full,
   * directory-unwritable, invalid-answer for bytes that are no whole image). After a failure the same byte arrays may be given again:
   * those that have their file already are not written twice.
   */
  saveImages(
    images: readonly { readonly seed: number; readonly bytes: Uint8Array }[],
  ): Promise<Result<GeneratedImage[]>>;
  /** Marks a file as this run's, so that rows can say which generation made it. */
  attribute(path: string, attribution: Attribution): void;
  /** Opens a window on the list of files, for one screen. */
  openWindow(): FilesWindow;
  /** Calls back after changes, at most every 100 ms; returns the way to stop it. */
  subscribe(listener: () => void): () => void;
  close(): void;
};
