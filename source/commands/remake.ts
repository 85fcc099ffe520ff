import type { Command } from '../engine/command.ts';
import { orderFor, planAfter, type Recipe, type Remake } from '../plan/recipe.ts';
import { formatCounted } from '../presentation/numbers.ts';
import type { Snapshot } from '../presentation/snapshot.ts';

/** What is to be made after the model of an image: beside the plan, or as the plan. */
export type RemakeWish = Remake | { readonly kind: 'plan' };

/** How much of the noise of a variation comes from its second seed, where nothing else is said. */
export const usualStrength = 0.3;

/** The command, or a sentence why it would come to nothing. */
export function remakeCommand(
  wish: RemakeWish,
  recipe: Recipe,
  { plan, status, webUi }: Snapshot,
): Extract<Command, { type: 'make' | 'change-plan' }> | string {
  if (plan === null) return 'Nothing is planned yet: `sdloop` sets a loop up.';
  if (status.kind === 'stopped') return 'The loop has reached its end: `sdloop` starts another.';
  if (wish.kind === 'plan') return { type: 'change-plan', plan: planAfter(recipe, plan) };
  const order = orderFor(recipe, wish);
  if (webUi?.hasVariations === false && order.variation !== null)
    return 'This WebUI has no variations of a seed.';
  if (webUi?.hasHires === false && order.hires !== null) return 'This WebUI has no hires fix.';
  return { type: 'make', order };
}

/** What comes of it, and when. */
export function remakeWords(wish: RemakeWish, { seed }: Recipe, { status }: Snapshot): string {
  if (wish.kind === 'plan') return 'The loop goes on with its checkpoint and parameters.';
  const when = status.kind === 'generating' ? 'Next' : 'Once the loop generates';
  switch (wish.kind) {
    case 'again':
      return `${when}: seed ${seed} again.`;
    case 'prompt':
      return `${when}: its prompt with new seeds.`;
    case 'variations':
      return `${when}: ${formatCounted(wish.count, 'variation')} of seed ${seed}.`;
    case 'hires':
      return `${when}: seed ${seed}, ${wish.hires.scale} times as large.`;
  }
}
