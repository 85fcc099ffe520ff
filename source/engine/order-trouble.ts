import type { Failure } from '../generation/failure.ts';
import type { Generation } from '../generation/generation.ts';
import type { WebUi } from '../generation/webui.ts';
import type { Order } from '../plan/order.ts';
import { planTrouble } from './plan-trouble.ts';

/** Why the WebUI cannot make what a person asked for, or null. Asked before sending: what a family lacks it leaves out in silence. */
export function orderTrouble(order: Order, webUi: WebUi): Failure | null {
  const { seed, variation, hires, parameters } = order;
  const asked = { variation: variation && { subseed: 0, strength: variation.strength }, hires };
  const lack = lackOf({ asked }, webUi);
  if (lack !== null) return { kind: 'rejected', detail: lack };
  // A variation makes one image, whatever the parameters say.
  const made = variation === null ? parameters : { ...parameters, batchSize: 1, batchCount: 1 };
  return planTrouble(
    {
      checkpoint: order.checkpoint,
      parameters: made,
      seed: seed === null ? { kind: 'random' } : { kind: 'fixed', seed },
      goal: null,
    },
    webUi,
  );
}

/** What the WebUI lacks for it, as it is said after "refuses"; null for nothing. */
export function lackOf({ asked }: Pick<Generation, 'asked'>, webUi: WebUi): string | null {
  if (asked?.variation && !webUi.hasVariations) return 'it has no variations of a seed';
  if (asked?.hires && !webUi.hasHires) return 'it has no hires fix';
  return null;
}
