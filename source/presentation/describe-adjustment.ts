import type { Adjustment } from '../engine/adjustment.ts';
import { formatDuration } from './durations.ts';

/** A sentence on what the loop asks for differently from here on. */
export function describeAdjustment(adjustment: Adjustment): string {
  switch (adjustment.kind) {
    case 'more-again': {
      const { batchSize, isFullSize } = adjustment;
      const batch = batchSize === 1 ? 'single images' : `batches of ${batchSize}`;
      return `All went well for a while: ${batch} ${isFullSize ? 'are' : 'of a larger size are'} tried again.`;
    }
    case 'wire-limit': {
      const limit = formatDuration(adjustment.limitMs);
      return `A proxy cuts requests after ${limit}: from now on fewer images are asked for at once (--wire-limit).`;
    }
    case 'longer-again': {
      const limit = formatDuration(adjustment.limitMs);
      return `All went well for a while: requests of up to ${limit} are tried again.`;
    }
  }
}
