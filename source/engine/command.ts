import type { Order } from '../plan/order.ts';
import type { Plan } from '../plan/plan.ts';

/** What a person (or a script for them) may ask of the loop. */
export type Command =
  | { readonly type: 'start'; readonly plan: Plan }
  /** Takes effect from the next generation that is sent. */
  | { readonly type: 'change-plan'; readonly plan: Plan }
  /** Made before the plan goes on, after what was ordered before; a loop that has no plan or has ended takes no order. */
  | { readonly type: 'make'; readonly order: Order }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** Gives up the current batch. */
  | { readonly type: 'skip' }
  /** Ends the current generation now; the loop goes on unless it is paused or stopping. */
  | { readonly type: 'interrupt' }
  /** Lets what is in flight finish, then ends the loop; with `now`, interrupts it first. */
  | { readonly type: 'stop'; readonly now: boolean }
  /** Ends a wait before the next attempt. */
  | { readonly type: 'retry-now' }
  /** Asks the WebUI to look for new checkpoint files and reads the list again. */
  | { readonly type: 'refresh' };
