import { resolve } from 'node:path';
import { usualHires } from '../generation/asked.ts';
import type { Recipe } from '../plan/recipe.ts';
import { exitCode } from './exit-code.ts';
import type { Flags } from './flags.ts';
import type { Invocation } from './invocation.ts';
import { openProfileChooser } from './open-choices.ts';
import { orderRemake } from './order-remake.ts';
import { jsonLine } from './print/json-line.ts';
import { type RemakeWish, usualStrength } from './remake.ts';
import { refuseJoining, runnerPlace } from './runner-place.ts';

/** `sdloop again`: has the running loop make an image again, or something after its model. */
export async function perform(invocation: Invocation): Promise<number> {
  const { input, flags, output } = invocation;
  const wish = readWish(input, flags);
  if (typeof wish === 'string') {
    output.fail('usage', wish);
    return exitCode.wrongUsage;
  }
  const recipe = await readRecipe(invocation, resolve(input[0] ?? ''));
  if (recipe === null) return exitCode.error;
  const place = runnerPlace(invocation);
  const ordered = await orderRemake(place, wish, recipe);
  if (ordered.ok) {
    const { words, generationCount } = ordered;
    const event = {
      type: 'ordered',
      at: Date.now(),
      kind: wish.kind,
      seed: recipe.seed,
      generations: generationCount,
    };
    output.print(output.isJson ? jsonLine(event) : words);
    return exitCode.done;
  }
  const { refusal } = ordered;
  switch (refusal.kind) {
    case 'not-taken':
      output.fail('refused', refusal.reason);
      return exitCode.error;
    case 'gone':
      output.fail('no-loop', refusal.reason);
      return exitCode.noLoop;
    default:
      return refuseJoining(invocation, place, refusal);
  }
}

/** What is asked for, or a sentence. */
function readWish(input: readonly string[], flags: Flags): RemakeWish | string {
  const { isPromptOnly, varyCount, isHires, isPlan, strength, scale } = flags;
  if (input.length !== 1) return 'Name one file: `sdloop again FILE`.';
  const wishes: RemakeWish[] = [
    ...(isPromptOnly ? [{ kind: 'prompt' } as const] : []),
    ...(varyCount === null
      ? []
      : [{ kind: 'variations', count: varyCount, strength: strength ?? usualStrength } as const]),
    ...(isHires
      ? [{ kind: 'hires', hires: { ...usualHires, scale: scale ?? usualHires.scale } } as const]
      : []),
    ...(isPlan ? [{ kind: 'plan' } as const] : []),
  ];
  if (wishes.length > 1) return 'Say only one of --prompt-only, --vary N, --hires and --plan.';
  if (strength !== null && varyCount === null) return '--strength belongs to --vary N.';
  if (scale !== null && !isHires) return '--scale belongs to --hires.';
  return wishes[0] ?? { kind: 'again' };
}

async function readRecipe(invocation: Invocation, path: string): Promise<Recipe | null> {
  const chooser = openProfileChooser(invocation);
  if (chooser === null) return null;
  try {
    const reading = await chooser.recipeOf(path);
    if (reading.ok) return reading.recipe;
    invocation.output.fail('file', reading.reason);
    return null;
  } finally {
    chooser.close();
  }
}
