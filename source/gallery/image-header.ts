import type { ImageFormat } from '../generation/image.ts';

/** What the outside of an image file says, without its pixels. */
export type ImageHeader = {
  readonly format: ImageFormat;
  /** Pixels, at least 1. */
  readonly width: number;
  readonly height: number;
  /** Whether the file ends as its format says: false while it is being written, or when it was cut short. */
  readonly isComplete: boolean;
  /** The parameters that the WebUI wrote into it (webui-api.md 9.7); null when there are none. */
  readonly infotext: string | null;
  /** Of the metadata, as stored: what the file would be smaller without it. */
  readonly metadataByteCount: number;
};

/** The longest infotext that is read, in bytes as stored and once inflated; a prompt is a few kilobytes. */
export const longestInfotext = 1 << 20;

/** How many chunks, segments or directory entries are looked at before a file is given up as nonsense. */
export const mostParts = 256;
