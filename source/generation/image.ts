export type ImageFormat = 'png' | 'jpeg' | 'webp';

/** A finished image of ours on disk. */
export type GeneratedImage = {
  readonly seed: number;
  /** Absolute. */
  readonly path: string;
  /** Pixels, read from the file: servers round what was asked. */
  readonly width: number;
  readonly height: number;
  readonly byteCount: number;
  /** The file's modification time, ms since epoch. */
  readonly savedAt: number;
};
