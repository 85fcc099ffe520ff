export type Rectangle = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Where the parts of the monitor are, in columns and rows from the upper left corner of its area. */
export type MonitorLayout =
  /** For small terminals: the running generation and the rate share one panel. */
  | { readonly kind: 'compact'; readonly summary: Rectangle; readonly files: Rectangle }
  | {
      readonly kind: 'full';
      readonly now: Rectangle;
      readonly throughput: Rectangle;
      readonly files: Rectangle;
      /** At the left of the files: what changes in a row to its right then leaves the picture alone. */
      readonly preview: Rectangle | null;
      readonly messages: Rectangle | null;
    };

/** Below these two panels would not fit side by side, or would leave the file list too few rows. */
const fullWidth = 76;
const fullHeight = 14;

const messagesWidth = 52;

/** Divides the monitor's area (what is left of the screen without header, message line and footer) among its panels. */
export function layoutMonitor(width: number, height: number, hasPreview = false): MonitorLayout {
  if (width < fullWidth || height < fullHeight) {
    const top = Math.min(5, height);
    return {
      kind: 'compact',
      summary: { x: 0, y: 0, width, height: top },
      files: { x: 0, y: top, width, height: height - top },
    };
  }
  const top = height >= 30 ? 7 : 6;
  const half = Math.floor(width / 2);
  const listWidth = width >= 160 ? width - messagesWidth : width;
  const previewWidth = hasPreview ? Math.min(64, Math.max(26, Math.floor(width * 0.35))) : 0;
  return {
    kind: 'full',
    now: { x: 0, y: 0, width: half, height: top },
    throughput: { x: half, y: 0, width: width - half, height: top },
    files: { x: previewWidth, y: top, width: listWidth - previewWidth, height: height - top },
    preview: hasPreview ? { x: 0, y: top, width: previewWidth, height: height - top } : null,
    messages:
      listWidth === width ? null : { x: listWidth, y: top, width: messagesWidth, height: height - top },
  };
}
