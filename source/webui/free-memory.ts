import type { Result } from '../generation/failure.ts';
import type { Progress } from '../generation/webui.ts';
import type { Peer } from './exchange.ts';
import { isThere } from './identify-family.ts';
import { requestSuccess } from './request-json.ts';

/** A WebUI that is left without its checkpoint fails at everything that follows, so loading it again is tried so often. */
const reloadAttempts = 3;

/** Moving weights between GPU and memory takes seconds; from a slow disk minutes, ms. */
const reloadTimeoutMs = 300_000;

/**
 * Unloads the checkpoint and loads it again, which frees what a generation left behind that ran out of memory (webui-api.md 2, 10.4).
 * Neither waits for the lock, so nothing may run (8): `busy` where something does. `api-off` where it could not be loaded again.
 */
export async function freeMemory(
  { asking, acting }: { readonly asking: Peer; readonly acting: Peer },
  readProgress: () => Promise<Result<Progress>>,
): Promise<Result<null>> {
  const signal = AbortSignal.timeout(reloadTimeoutMs);
  if (!(await isThere(asking, reload, signal)))
    return { ok: false, failure: { kind: 'api-off', detail: '' } };
  const progress = await readProgress();
  if (!progress.ok) return progress;
  if (progress.value.isRunning) return { ok: false, failure: { kind: 'busy', detail: '' } };
  const unloaded = await requestSuccess(acting, { method: 'POST', path: unload, signal });
  let loaded = await requestSuccess(acting, { method: 'POST', path: reload, signal });
  for (let attempt = 1; !loaded.ok && attempt < reloadAttempts; attempt++) {
    loaded = await requestSuccess(acting, { method: 'POST', path: reload, signal });
  }
  if (!loaded.ok) return loaded;
  return unloaded.ok ? { ok: true, value: null } : unloaded;
}

const unload = '/sdapi/v1/unload-checkpoint';
const reload = '/sdapi/v1/reload-checkpoint';
