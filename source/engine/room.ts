import type { Generation } from '../generation/generation.ts';
import type { GenerationLimits } from '../generation/generation-limits.ts';
import { adaptationOf, memoryShapeOf } from './adaptation.ts';
import type { Room } from './fit-work.ts';
import type { LoopState } from './state.ts';

/** How much of such a generation may be asked for at once: within the WebUI's limits, and what its memory was found to hold. */
export function roomFor(
  { adaptations }: LoopState,
  generation: Pick<Generation, 'checkpoint' | 'parameters'>,
  limits: GenerationLimits,
): Room {
  const known = adaptationOf(adaptations, memoryShapeOf(generation));
  return {
    batchSize: Math.min(limits.batchSize, known?.batchSize ?? limits.batchSize),
    batchCount: limits.batchCount,
    imageCount: limits.batchSize * limits.batchCount,
    shrinkCount: known?.shrinkCount ?? 0,
    sizeRule: limits.size,
  };
}
