import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../helpers/free-port.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { type NightClock, toReal } from './night-clock.ts';
import { sortFiles } from './night-files.ts';
import { nightBatchSize, nightModel, nightRequest, startNightWebUi } from './night-webui.ts';
import type { NightWorld } from './night-world.ts';

/** After an answer that did not come, ms. */
const retryAfterMs = 5000;

export type PlainNightOptions = {
  /** Asks again for what was not answered; else it ends there. */
  readonly isRetrying: boolean;
  /** Someone starts its WebUI again at once when that is killed or hangs. */
  readonly isWatched: boolean;
};

/** The loop that sdloop replaces. The loop itself is started again at once when it is killed, and keeps its place. */
export async function openPlainNight(
  clock: NightClock,
  { isRetrying, isWatched }: PlainNightOptions,
): Promise<NightWorld> {
  const temporary = makeTempDirectory();
  const dataDirectory = join(temporary.path, 'webui');
  const imageDirectory = join(dataDirectory, 'outputs/txt2img-images');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const startWebUi = () => startNightWebUi(clock, { port, dataDirectory });
  let webUi = await startWebUi();
  let answeredCount = 0;
  let isStopped = false;
  let life = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function loop({ signal }: AbortController): Promise<void> {
    while (!signal.aborted && !isStopped) {
      if (await generate(url, answeredCount * nightBatchSize, signal)) answeredCount += 1;
      else if (!isRetrying && !signal.aborted) isStopped = true;
      else await delay(toReal(clock, retryAfterMs), undefined, { signal }).catch(() => undefined);
    }
  }

  async function killWebUi(): Promise<void> {
    await webUi[Symbol.asyncDispose]();
    if (isWatched) webUi = await startWebUi();
  }

  return {
    url,
    async start() {
      running = loop(life);
    },
    killWebUi,
    async killLoop() {
      life.abort();
      await running;
      life = new AbortController();
      running = loop(life);
    },
    async endHang() {
      if (isWatched) await killWebUi();
    },
    // What is full is told by the WebUI alone: a plain loop looks at no disk.
    leaveFree: () => undefined,
    resume: async () => undefined,
    async end(endedAt) {
      life.abort();
      await running;
      const { bySeed, wrong, timelyCount } = sortFiles(imageDirectory, clock, endedAt);
      const fileCount = [...bySeed.values()].reduce((sum, { length }) => sum + length, 0);
      const asked = Array.from({ length: answeredCount * nightBatchSize }, (_, seed) => seed);
      return {
        imageCount: timelyCount,
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
    ...{ ...nightRequest, seed, batch_size: nightBatchSize },
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
