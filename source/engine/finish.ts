import { imageCountOf } from '../generation/generation.ts';
import type { GeneratedImage } from '../generation/image.ts';
import { giveBack } from '../plan/next-generation.ts';
import type { Work } from './lane.ts';
import type { GenerationOutcome } from './notice.ts';
import type { Turn } from './turn.ts';

type Ending = {
  readonly outcome: GenerationOutcome;
  readonly images: readonly GeneratedImage[];
  readonly durationMs: number;
  readonly gpuIdleMs: number;
  readonly othersCount?: number | null;
};

/** Announces a generation's images and its end, and gives the images that will not come back to the plan. */
export function finish(turn: Turn, work: Work, ending: Ending): void {
  announceImages(turn, work, ending.images, ending.durationMs);
  const imageCount = work.landedCount + ending.images.length;
  const missingCount = imageCountOf(work.planned) - imageCount;
  const { position } = turn.state;
  const isOfPlan = work.planned.asked === undefined;
  if (missingCount > 0 && isOfPlan && position !== null)
    turn.change({ position: giveBack(position, missingCount) });
  turn.announce({
    type: 'generation-finished',
    generation: work.planned,
    outcome: ending.outcome,
    imageCount,
    durationMs: work.spentMs + ending.durationMs,
    gpuIdleMs: work.spentIdleMs + ending.gpuIdleMs,
    ...((ending.othersCount ?? null) === null ? {} : { othersCount: ending.othersCount ?? 0 }),
  });
}

/** Announces images that landed; `durationMs` is the generation's, in all. */
export function announceImages(
  turn: Turn,
  work: Work,
  images: readonly GeneratedImage[],
  durationMs: number,
): void {
  for (const image of images) {
    turn.announce({
      type: 'image',
      image,
      generation: work.planned,
      checkpoint: work.request.checkpoint,
      durationMs: Math.round(durationMs / imageCountOf(work.request)),
    });
  }
}
