import { type RunningWebUi, startWebUiProcess } from '../helpers/webui-process.ts';
import type { Cut } from './blows.ts';

/** A built-in WebUI that is killed and started again at the same port and on the same data. */
export type MortalWebUi = {
  readonly url: string;
  /** Where it saves; the dated directories are in it. */
  readonly imageDirectory: string;
  start(): Promise<void>;
  /** SIGKILL, which nothing can prepare for; resolves once it is gone. */
  kill(): Promise<void>;
  /** Loses the answer of the next generation; while it is down there is none to lose. */
  cutNext(cut: Cut): Promise<void>;
  /** Answers are lost no more. */
  clearFaults(): Promise<void>;
};

/** Starts it; a generation takes between the two bounds, ms. Its owner kills it. */
export async function startMortalWebUi(
  dataDirectory: string,
  durationMs: readonly [number, number],
): Promise<MortalWebUi> {
  const start = (port: number) => startWebUiProcess({ port, dataDirectory, durationMs, loadMs: 0 });
  let current: RunningWebUi | null = await start(0);
  const { url, imageDirectory } = current;
  return {
    url,
    imageDirectory,
    async start() {
      current = await start(Number(new URL(url).port));
    },
    async kill() {
      await current?.[Symbol.asyncDispose]();
      current = null;
    },
    cutNext: async (cut) => current?.addFault(cut),
    clearFaults: async () => current?.clearFaults(),
  };
}
