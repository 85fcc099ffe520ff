import { setTimeout as delay } from 'node:timers/promises';
import type { WebUiClient } from '../webui/client.ts';

const intervalMs = 1000;

/** A server busy with other people's jobs says nothing about ours, so the wait is bounded, ms. */
const maxWaitMs = 180_000;

/**
 * Waits until the WebUI has stopped working on what it had when the answer was lost: it rests, it has begun another job, or it no longer
 * answers. Servers go on without their client (webui-api.md 8), so looking for images any sooner may find too few.
 */
export async function awaitRest(client: WebUiClient, signal: AbortSignal): Promise<void> {
  const until = Date.now() + maxWaitMs;
  let firstJob: string | null = null;
  while (!signal.aborted && Date.now() < until) {
    const progress = await client.readProgress();
    if (!progress.ok || !progress.value.isRunning) return;
    firstJob ??= progress.value.jobTimestamp;
    if (progress.value.jobTimestamp !== firstJob) return;
    await delay(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}
