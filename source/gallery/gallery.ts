import type { Result } from '../generation/failure.ts';
import type { GeneratedImage } from '../generation/image.ts';
import type { FilesRequest, FilesView } from '../presentation/snapshot.ts';

/** What is known of an image of ours that the file itself does not say. */
export type Attribution = {
  readonly generationId: number;
  readonly seed: number;
  readonly durationMs: number;
};

/** The output directory: its files newest first, and the saving of new ones. */
export type Gallery = {
  /** The directory that holds the dated ones (`.../txt2img-images`), absolute. */
  readonly directory: string;
  /** Reads what is there and follows it from then on; returns at once. */
  start(): void;
  /**
   * Finds files that the server saved for these seeds since `sinceMs` (by name, confirmed by infotext and a complete file) in today's and
   * yesterday's folder; returns those found, in seed order. Waits up to `patienceMs` for late ones (network file systems).
   */
  findImages(search: {
    readonly seeds: readonly number[];
    readonly sinceMs: number;
    readonly patienceMs: number;
  }): Promise<GeneratedImage[]>;
  /** Writes images as `NNNNN-SEED.ext` into today's folder: aside, then renamed; all of them or a failure (disk-full, directory-unwritable). */
  saveImages(
    images: readonly { readonly seed: number; readonly bytes: Uint8Array }[],
  ): Promise<Result<GeneratedImage[]>>;
  /** Marks a file as this run's, so that rows can say which generation made it. */
  attribute(path: string, attribution: Attribution): void;
  view(request: FilesRequest): FilesView;
  subscribe(listener: () => void): () => void;
  close(): void;
};
