import type { Generation } from '../generation/generation.ts';
import type { GenerationLimits } from '../generation/generation-limits.ts';
import { adaptationOf, memoryShapeOf } from './adaptation.ts';
import type { Room } from './fit-work.ts';
import type { LoopState } from './state.ts';
import { imagesWithin, wireLimitOf } from './wire-limit.ts';

/** How much of such a generation may be asked for at once: within the WebUI's limits, what its memory was found to hold, and
 * the time that requests have on their way. */
export function roomFor(
  state: LoopState,
  generation: Pick<Generation, 'checkpoint' | 'parameters' | 'asked'>,
  limits: GenerationLimits,
): Room {
  const known = adaptationOf(state.adaptations, memoryShapeOf(generation));
  return {
    batchSize: Math.min(limits.batchSize, known?.batchSize ?? limits.batchSize),
    batchCount: limits.batchCount,
    imageCount: imagesWithin(wireLimitOf(state), state.pace, generation),
    shrinkCount: known?.shrinkCount ?? 0,
    sizeRule: limits.size,
  };
}
