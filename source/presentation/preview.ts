import type { GenerationParameters } from '../generation/parameters.ts';
import type { WebUi } from '../generation/webui.ts';

/** The picture of the running generation while it is sampled; of a batch, all of them as a grid. */
export type Preview = {
  readonly generationId: number;
  /** A whole image file: PNG, JPEG or WebP. */
  readonly bytes: Uint8Array;
  /** When the WebUI told it, ms since epoch. */
  readonly at: number;
};

/** Why no preview of such a generation will come, as a sentence; null where one will. */
export function describePreviewLack(
  { livePreviews }: Pick<WebUi, 'livePreviews'>,
  { steps, batchCount }: Pick<GenerationParameters, 'steps' | 'batchCount'>,
): string | null {
  switch (livePreviews.kind) {
    case 'none':
      return 'This WebUI has no live previews.';
    case 'off':
      return "The WebUI's live previews are off: Settings > Live previews.";
    case 'on': {
      const { everyStepCount } = livePreviews;
      if (everyStepCount === null) {
        return batchCount > 1
          ? null
          : 'The WebUI previews finished batches only: Settings > Live previews sets after how many steps.';
      }
      // The last step that is told has the number before the count, and the first one is 0 (webui-api.md 5.2).
      return everyStepCount < steps
        ? null
        : `The WebUI makes a live preview every ${everyStepCount} steps, and there are ${steps}: Settings > Live previews.`;
    }
  }
}
