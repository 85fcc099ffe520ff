import * as v from 'valibot';
import type { Checkpoint } from '../generation/checkpoint.ts';
import type { Result } from '../generation/failure.ts';
import { isSameCheckpoint } from '../generation/is-same-checkpoint.ts';
import { cutText } from './cut-text.ts';
import type { Peer } from './exchange.ts';
import { getJson, requestSuccess } from './request-json.ts';

const nullableText = v.nullish(v.string(), null);

/** GET /checkpoint of SD.Next (webui-api.md 7.4). */
const loadedSchema = v.nullable(v.object({ title: nullableText, name: nullableText, hash: nullableText }));

/**
 * Has the WebUI load a checkpoint, unless it is loaded already, and verifies that it was: POST /options says 200 whatever became of it.
 * Waits for the load. Somebody may choose another at any time, so this is asked before each generation. Resolves to the checkpoint
 * with the hash that it has now that it is loaded.
 */
export async function selectCheckpoint(
  peers: { readonly asking: Peer; readonly acting: Peer },
  checkpoint: Checkpoint,
  signal: AbortSignal | undefined,
): Promise<Result<Checkpoint>> {
  const before = await readLoaded(peers.asking, signal);
  if (!before.ok) return before;
  if (isLoaded(checkpoint, before.value)) return { ok: true, value: withHash(checkpoint, before.value) };
  const body = { sd_model_checkpoint: checkpoint.title };
  const path = '/sdapi/v1/options';
  const set = await requestSuccess(peers.acting, { method: 'POST', path, body, signal, isSecret: true });
  if (!set.ok) return set;
  const after = await readLoaded(peers.asking, signal);
  if (!after.ok) return after;
  if (isLoaded(checkpoint, after.value)) return { ok: true, value: withHash(checkpoint, after.value) };
  const detail = cutText(after.value?.title ?? after.value?.name ?? 'none is loaded');
  return { ok: false, failure: { kind: 'wrong-checkpoint', detail, asked: checkpoint.title } };
}

type Loaded = v.InferOutput<typeof loadedSchema>;

function readLoaded(peer: Peer, signal: AbortSignal | undefined): Promise<Result<Loaded>> {
  return getJson(peer, { path: '/sdapi/v1/checkpoint', signal }, loadedSchema);
}

function withHash(checkpoint: Checkpoint, loaded: Loaded): Checkpoint {
  return { ...checkpoint, hash: loaded?.hash ?? checkpoint.hash };
}

function isLoaded(checkpoint: Checkpoint, loaded: Loaded): boolean {
  if (loaded === null) return false;
  if (loaded.title === checkpoint.title) return true;
  return isSameCheckpoint(checkpoint, loaded.name, loaded.hash) === 'same';
}
