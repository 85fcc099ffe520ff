import type { Effect } from '../engine/effect.ts';
import type { Reconciled } from '../engine/event.ts';
import type { Gallery } from '../gallery/gallery.ts';
import { seedsOf } from '../generation/generation.ts';
import type { WebUiClient } from '../webui/client.ts';
import { awaitRest, type Waiting } from './await-rest.ts';
import { sortOutDefects } from './sort-out-defects.ts';

/** After a lost answer the file may still be on its way to a network file system, ms. */
const patienceMs = 2000;

type Reconcile = Extract<Effect, { type: 'reconcile' }>;

/**
 * Finds what a generation left on disk whose answer was lost, once the WebUI has stopped working on it. What the WebUI was to send is
 * gone with the answer, but a runner that died may have written it already.
 */
export async function findLost(
  gallery: Gallery,
  client: WebUiClient,
  effect: Reconcile,
  waiting: Waiting,
): Promise<Reconciled> {
  const seeds = seedsOf(effect.generation);
  const look = (forMs: number) => gallery.findImages({ seeds, sinceMs: effect.sentAt, patienceMs: forMs });
  const isComplete = async () => (await look(0)).length === seeds.length;
  const unanswered = await awaitRest(client, effect, waiting, isComplete);
  if (unanswered !== null && unanswered.kind !== 'hung' && !(await isComplete()))
    return { images: [], blackSeeds: [], unanswered };
  const found = await look(effect.saving === 'server' ? patienceMs : 0);
  return {
    ...(await sortOutDefects(found)),
    unanswered: found.length === seeds.length ? null : unanswered,
  };
}
