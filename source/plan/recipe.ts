import type { Asked, Hires } from '../generation/asked.ts';
import type { GenerationParameters } from '../generation/parameters.ts';
import type { Order } from './order.ts';
import type { Plan } from './plan.ts';

/** How one image was made. */
export type Recipe = {
  /** A checkpoint's title, or any name of it. */
  readonly checkpoint: string;
  /** Of its generation, which may have made more images than this one. */
  readonly parameters: GenerationParameters;
  /** Of the image. */
  readonly seed: number;
  readonly variation: Asked['variation'];
  readonly hires: Hires | null;
};

/** What is to be made after the model of an image. */
export type Remake =
  /** The image once more. */
  | { readonly kind: 'again' }
  /** As many images as its generation had, with new seeds. */
  | { readonly kind: 'prompt' }
  | { readonly kind: 'variations'; readonly count: number; readonly strength: number }
  | { readonly kind: 'hires'; readonly hires: Hires };

/** The order that makes it. */
export function orderFor({ checkpoint, parameters, seed, variation, hires }: Recipe, remake: Remake): Order {
  const single = { ...parameters, batchSize: 1, batchCount: 1 };
  const again: Order = { checkpoint, parameters: single, seed, variation, hires, times: 1 };
  switch (remake.kind) {
    case 'again':
      return again;
    case 'prompt':
      return { ...again, parameters, seed: null, variation: null };
    case 'variations':
      return { ...again, variation: { subseed: null, strength: remake.strength }, times: remake.count };
    case 'hires':
      return { ...again, hires: remake.hires };
  }
}

/** A plan after the model of an image, with the seeds, the batches and the goal that the plan had. */
export function planAfter({ checkpoint, parameters }: Recipe, plan: Plan): Plan {
  const { batchSize, batchCount } = plan.parameters;
  return { ...plan, checkpoint, parameters: { ...parameters, batchSize, batchCount } };
}
