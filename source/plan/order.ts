import type { Hires } from '../generation/asked.ts';
import type { Generation } from '../generation/generation.ts';
import type { GenerationParameters } from '../generation/parameters.ts';
import type { PlanPosition } from './next-generation.ts';

/** A generation that a person asks for once, before the plan goes on. */
export type Order = {
  /** A checkpoint's title. */
  readonly checkpoint: string;
  readonly parameters: GenerationParameters;
  /** Null for one by chance. */
  readonly seed: number | null;
  /** All images of such a generation would have one seed, so it makes only one. */
  readonly variation: {
    /** Null for one by chance. */
    readonly subseed: number | null;
    readonly strength: number;
  } | null;
  readonly hires: Hires | null;
  /** How many such generations; once each, where chance has no part in them, is enough. */
  readonly times: number;
};

/** So many of one kind, and so many kinds that wait: they are written down with each step of the loop. */
export const mostTimes = 100;
export const mostOrders = 100;

/** Whether no more orders can wait. */
export function isFull(position: PlanPosition): boolean {
  return ordersOf(position).length >= mostOrders;
}

/** The position with one more order behind those that wait; where they are too many, it is left out. */
export function withOrder(position: PlanPosition, order: Order): PlanPosition {
  return isFull(position) ? position : { ...position, orders: [...ordersOf(position), order] };
}

/** The orders that wait, oldest first; a position that was written before there were orders has none. */
export function ordersOf({ orders = [] }: PlanPosition): readonly Order[] {
  return orders;
}

/** The position without the order that is the first to wait, however often it was to be made. */
export function withoutFirstOrder(position: PlanPosition): PlanPosition {
  return { ...position, orders: ordersOf(position).slice(1) };
}

function onceLess(position: PlanPosition): PlanPosition {
  const [first, ...others] = ordersOf(position);
  if (first === undefined || first.times <= 1) return { ...position, orders: others };
  return { ...position, orders: [{ ...first, times: first.times - 1 }, ...others] };
}

/** The generation that an order asks for, and the position after it. `chance` is a uniform 32-bit unsigned integer. */
export function orderedGeneration(
  order: Order,
  position: PlanPosition,
  chance: number,
  lastSeed: number,
): { readonly generation: Generation; readonly position: PlanPosition } {
  const { checkpoint, seed, variation, hires } = order;
  const single = { batchSize: 1, batchCount: 1 };
  const parameters = variation === null ? order.parameters : { ...order.parameters, ...single };
  const imageCount = parameters.batchSize * parameters.batchCount;
  const drawn = chance % (lastSeed - imageCount + 2);
  return {
    generation: {
      id: position.nextGenerationId,
      checkpoint,
      parameters,
      firstSeed: seed ?? drawn,
      asked: {
        variation: variation && { ...variation, subseed: variation.subseed ?? chance },
        hires,
      },
    },
    position: { ...onceLess(position), nextGenerationId: position.nextGenerationId + 1 },
  };
}
