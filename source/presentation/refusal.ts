import type { Command } from '../engine/command.ts';
import type { LoopState } from '../engine/state.ts';
import { isFull, mostOrders } from '../plan/order.ts';

/** Why a command would come to nothing although its sender cannot see it, as a sentence; null where the loop takes it. */
export function refusalOf({ position }: Pick<LoopState, 'position'>, command: Command): string | null {
  if (command.type !== 'make' || position === null || !isFull(position)) return null;
  return `${mostOrders} wishes wait to be made, and no more are kept: ask again once some of them are made.`;
}
