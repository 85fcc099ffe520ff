import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { startWebUiProcess } from '../helpers/webui-process.ts';
import { sortFiles } from './night-files.ts';
import { type NightWorld, nightBatchSize, nightDurationMs, nightModel } from './night-world.ts';

/** After an answer that did not come, ms. */
const retryAfterMs = 100;

export type PlainNightOptions = {
  /** Asks again for what was not answered; else it ends there. */
  readonly isRetrying: boolean;
  /** Something starts its WebUI again at once when that is killed. */
  readonly isWatched: boolean;
};

/** The loop that sdloop replaces. The loop itself is started again at once when it is killed, and keeps its place. */
export async function openPlainNight({ isRetrying, isWatched }: PlainNightOptions): Promise<NightWorld> {
  const temporary = makeTempDirectory();
  const dataDirectory = join(temporary.path, 'webui');
  const startWebUi = (port: number) =>
    startWebUiProcess({ port, dataDirectory, durationMs: nightDurationMs, loadMs: 0 });
  let webUi = await startWebUi(0);
  const { url, imageDirectory } = webUi;
  let answeredCount = 0;
  let isStopped = false;
  let life = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function loop({ signal }: AbortController): Promise<void> {
    while (!signal.aborted && !isStopped) {
      if (await generate(url, answeredCount * nightBatchSize, signal)) answeredCount += 1;
      else if (!isRetrying && !signal.aborted) isStopped = true;
      else await delay(retryAfterMs, undefined, { signal }).catch(() => undefined);
    }
  }

  return {
    url,
    async start() {
      running = loop(life);
    },
    async killWebUi() {
      await webUi[Symbol.asyncDispose]();
      if (isWatched) webUi = await startWebUi(Number(new URL(url).port));
    },
    async killLoop() {
      life.abort();
      await running;
      life = new AbortController();
      running = loop(life);
    },
    resume: async () => undefined,
    async end() {
      life.abort();
      await running;
      const { bySeed, wrong } = sortFiles(imageDirectory);
      const fileCount = [...bySeed.values()].reduce((sum, { length }) => sum + length, 0);
      const asked = Array.from({ length: answeredCount * nightBatchSize }, (_, seed) => seed);
      return {
        imageCount: bySeed.size,
        doubledCount: fileCount - bySeed.size,
        wrongCount: wrong.size,
        lostCount: asked.filter((seed) => !bySeed.has(seed)).length,
      };
    },
    async [Symbol.asyncDispose]() {
      life.abort();
      await webUi[Symbol.asyncDispose]();
      temporary[Symbol.dispose]();
    },
  };
}

async function generate(url: string, seed: number, signal: AbortSignal): Promise<boolean> {
  const body = JSON.stringify({
    ...{ prompt: 'a lighthouse at dusk', width: 64, height: 64, steps: 4, seed, batch_size: nightBatchSize },
    ...{ save_images: true, send_images: false, override_settings: { sd_model_checkpoint: nightModel } },
  });
  const headers = { 'content-type': 'application/json' };
  try {
    const answer = await fetch(`${url}/sdapi/v1/txt2img`, { method: 'POST', headers, body, signal });
    await answer.json();
    return answer.ok;
  } catch {
    return false;
  }
}
