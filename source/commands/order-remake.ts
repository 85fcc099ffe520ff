import type { JoinRefusal } from '../connection/join-refusal.ts';
import { joinRunner } from '../connection/join-runner.ts';
import type { Recipe } from '../plan/recipe.ts';
import { type RemakeWish, remakeCommand, remakeWords } from './remake.ts';
import type { RunnerPlace } from './runner-place.ts';

export type OrderedRemake =
  | { readonly ok: true; readonly words: string; readonly generationCount: number }
  | {
      readonly ok: false;
      readonly refusal: JoinRefusal | { readonly kind: 'not-taken' | 'gone'; readonly reason: string };
    };

/** Has the running loop make something after the model of an image. */
export async function orderRemake(
  place: RunnerPlace,
  wish: RemakeWish,
  recipe: Recipe,
): Promise<OrderedRemake> {
  const { version, find } = place;
  const joined = await joinRunner({
    role: 'command',
    version,
    find,
    start: async () => ({ ok: false, reason: 'No loop is running.' }),
  });
  if (!joined.ok) return { ok: false, refusal: joined };
  const { connection } = joined;
  try {
    const snapshot = connection.getSnapshot();
    const command = remakeCommand(wish, recipe, snapshot);
    if (typeof command === 'string') return { ok: false, refusal: { kind: 'not-taken', reason: command } };
    const delivery = await connection.deliver(command);
    if (delivery.kind === 'refused')
      return { ok: false, refusal: { kind: 'not-taken', reason: delivery.reason } };
    if (delivery.kind === 'gone') return { ok: false, refusal: { kind: 'gone', reason: delivery.reason } };
    const generationCount = command.type === 'make' ? command.order.times : 0;
    return { ok: true, words: remakeWords(wish, recipe, snapshot), generationCount };
  } finally {
    connection.close();
  }
}
