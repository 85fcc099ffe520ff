import { resolve } from 'node:path';
import { joinRunner } from '../connection/join-runner.ts';
import type { Command } from '../engine/command.ts';
import { usualHires } from '../generation/asked.ts';
import { orderFor, planAfter, type Recipe, type Remake } from '../plan/recipe.ts';
import { formatCounted } from '../presentation/numbers.ts';
import type { Snapshot } from '../presentation/snapshot.ts';
import { exitCode } from './exit-code.ts';
import type { Flags } from './flags.ts';
import type { Invocation } from './invocation.ts';
import { openProfileChooser } from './open-choices.ts';
import { jsonLine } from './print/json-line.ts';
import { refuseJoining, runnerPlace } from './runner-place.ts';

type Wish = Remake | { readonly kind: 'plan' };

const usualStrength = 0.3;

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
  const joined = await joinRunner({
    role: 'command',
    version: place.version,
    find: place.find,
    start: async () => ({ ok: false, reason: 'No loop is running.' }),
  });
  if (!joined.ok) return refuseJoining(invocation, place, joined);
  const { connection } = joined;
  try {
    const snapshot = connection.getSnapshot();
    const command = commandFor(wish, recipe, snapshot);
    if (typeof command === 'string') {
      output.fail('refused', command);
      return exitCode.error;
    }
    const delivery = await connection.deliver(command);
    if (delivery.kind === 'gone') {
      output.fail('no-loop', delivery.reason);
      return exitCode.noLoop;
    }
    const count = command.type === 'make' ? command.order.times : 0;
    const event = { type: 'ordered', at: Date.now(), kind: wish.kind, seed: recipe.seed, generations: count };
    output.print(output.isJson ? jsonLine(event) : wordsOf(wish, recipe, snapshot));
    return exitCode.done;
  } finally {
    connection.close();
  }
}

/** What is asked for, or a sentence. */
function readWish(input: readonly string[], flags: Flags): Wish | string {
  const { isPromptOnly, varyCount, isHires, isPlan, strength, scale } = flags;
  if (input.length !== 1) return 'Name one file: `sdloop again FILE`.';
  const wishes: Wish[] = [
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

/** The command, or why it would come to nothing. */
function commandFor(wish: Wish, recipe: Recipe, { plan, status, webUi }: Snapshot): Command | string {
  if (plan === null) return 'Nothing is planned yet: `sdloop` sets a loop up.';
  if (status.kind === 'stopped') return 'The loop has reached its end: `sdloop` starts another.';
  if (wish.kind === 'plan') return { type: 'change-plan', plan: planAfter(recipe, plan) };
  const order = orderFor(recipe, wish);
  if (webUi?.hasVariations === false && order.variation !== null)
    return 'This WebUI has no variations of a seed.';
  if (webUi?.hasHires === false && order.hires !== null) return 'This WebUI has no hires fix.';
  return { type: 'make', order };
}

function wordsOf(wish: Wish, { seed }: Recipe, { status }: Snapshot): string {
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
