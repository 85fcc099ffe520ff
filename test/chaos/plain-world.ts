import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { filesBelow } from './audit.ts';
import { startMortalWebUi } from './mortal-webui.ts';
import type { World } from './world.ts';

/** After an answer that did not come, ms. */
const retryAfterMs = 100;

/**
 * The loop that sdloop replaces, as careful as such a script is: it counts its seeds up, keeps its place when it is killed, and asks again
 * for what was not answered. A screen it has none.
 */
export async function openPlainWorld(durationMs: readonly [number, number]): Promise<World> {
  const temporary = makeTempDirectory();
  const webUi = await startMortalWebUi(join(temporary.path, 'webui'), durationMs);
  const batchSize = 2;
  let answeredCount = 0;
  let life = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function loop({ signal }: AbortController): Promise<void> {
    while (!signal.aborted) {
      const isAnswered = await generate(webUi.url, answeredCount * batchSize, batchSize, signal);
      if (isAnswered) answeredCount += 1;
      else await delay(retryAfterMs, undefined, { signal }).catch(() => undefined);
    }
  }

  return {
    async startLoop() {
      life = new AbortController();
      running = loop(life);
    },
    killLoop: () => life.abort(),
    killScreen: async () => undefined,
    killWebUi: webUi.kill,
    startWebUi: webUi.start,
    cutNext: webUi.cutNext,
    clearFaults: webUi.clearFaults,
    finishedCount: () => answeredCount,
    async end() {
      life.abort();
      await running;
      return account(answeredCount * batchSize, webUi.imageDirectory);
    },
    async [Symbol.asyncDispose]() {
      life.abort();
      await webUi.kill();
      temporary[Symbol.dispose]();
    },
  };
}

async function generate(url: string, seed: number, batchSize: number, signal: AbortSignal): Promise<boolean> {
  const body = JSON.stringify({
    ...{ prompt: 'a lighthouse at dusk', width: 64, height: 64, batch_size: batchSize, steps: 4, seed },
    ...{
      save_images: true,
      send_images: false,
      override_settings: { sd_model_checkpoint: 'demo-landscape' },
    },
  });
  try {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/sdapi/v1/txt2img`, { method: 'POST', headers, body, signal });
    await answer.json();
    return answer.ok;
  } catch {
    return false;
  }
}

/** The seeds from 0 on were asked for; those of the request that the end cut off do not count. */
function account(plannedCount: number, imageDirectory: string) {
  const files = filesBelow(imageDirectory);
  const counts = new Map<number, number>();
  for (const file of files) {
    const seed = Number(/-(\d+)\.png$/.exec(file)?.[1]);
    counts.set(seed, (counts.get(seed) ?? 0) + 1);
  }
  const planned = Array.from({ length: plannedCount }, (_, seed) => seed);
  return {
    plannedCount,
    fileCount: files.length,
    lost: planned.filter((seed) => !counts.has(seed)).map((seed) => `seed ${seed} is not on disk`),
    doubled: planned.flatMap((seed) =>
      Array.from({ length: (counts.get(seed) ?? 1) - 1 }, () => `seed ${seed} is there again`),
    ),
    unfinished: [],
  };
}
