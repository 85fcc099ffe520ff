import type { RunnerConnection } from '../../connection/runner-connection.ts';
import type { PictureMaker } from '../../pictures/make-picture.ts';
import type { PictureBox } from '../gallery/gallery-data.ts';
import { noPreview, type PreviewData, type PreviewPort } from './preview-data.ts';

export type PreviewParts = {
  readonly connection: Pick<RunnerConnection, 'getPreview' | 'setPreviewWanted' | 'subscribe'>;
  /** Resolves once it is known what the terminal can draw. */
  openMaker(): Promise<PictureMaker>;
};

/** Has the newest preview made for the terminal, one after the other: those that come meanwhile but for the last are never drawn. */
export function createPreviewPort({ connection, openMaker }: PreviewParts): PreviewPort {
  const listeners = new Set<() => void>();
  let data: PreviewData = noPreview;
  let box: PictureBox | null = null;
  /** When the preview came that is drawn or being drawn, and for which cells. */
  let drawnKey = '';
  let isDrawing = false;
  let isClosed = false;

  function change(next: PreviewData): void {
    data = next;
    for (const listener of listeners) listener();
  }

  async function draw(): Promise<void> {
    if (isDrawing || isClosed) return;
    isDrawing = true;
    try {
      for (;;) {
        const preview = connection.getPreview();
        if (box === null || isClosed) break;
        if (preview === null) {
          if (data !== noPreview) change(noPreview);
          drawnKey = '';
          break;
        }
        const key = `${preview.generationId} ${preview.at} ${box.columns}x${box.rows}`;
        if (key === drawnKey) break;
        drawnKey = key;
        const maker = await openMaker();
        if (box === null || isClosed) break;
        const picture = await maker.makeFromBytes(preview.bytes, box);
        if (!isClosed && box !== null) change({ generationId: preview.generationId, picture });
      }
    } finally {
      isDrawing = false;
    }
  }

  const unsubscribe = connection.subscribe(() => {
    if (box !== null) void draw();
  });

  return {
    getData: () => data,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    want(next) {
      const isSame = box?.columns === next?.columns && box?.rows === next?.rows;
      if (isSame && (box === null) === (next === null)) return;
      if ((box === null) !== (next === null)) connection.setPreviewWanted(next !== null);
      box = next;
      if (box === null) {
        data = noPreview;
        drawnKey = '';
      } else void draw();
    },
    close() {
      if (box !== null) connection.setPreviewWanted(false);
      box = null;
      isClosed = true;
      unsubscribe();
      listeners.clear();
    },
  };
}
