import type { NoPicture, Picture } from '../../pictures/make-picture.ts';
import type { PictureBox } from '../gallery/gallery-data.ts';

/** The newest live preview as the terminal draws it; the same object until something changed. */
export type PreviewData = {
  /** Within its run; null before the first preview. */
  readonly generationId: number | null;
  readonly picture: Picture | NoPicture | null;
};

export const noPreview: PreviewData = { generationId: null, picture: null };

/** The live preview for one screen; nothing is asked of the WebUI while it is not wanted. */
export type PreviewPort = {
  getData(): PreviewData;
  /** Returns the way to stop listening. */
  subscribe(listener: () => void): () => void;
  /** The cells that it may take; null while nobody looks. */
  want(box: PictureBox | null): void;
  close(): void;
};
