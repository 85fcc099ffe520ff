import { join } from 'node:path';
import { startBuiltInWebUi } from '../../source/demo/built-in-webui.ts';
import { parseFault } from '../../source/demo/faults.ts';
import { makeTempDirectory } from './temp-directory.ts';
import type { RunningWebUi, WebUiProcessOptions } from './webui-process.ts';

/**
 * The built-in WebUI in the process of the test, which starts it in a hundredth of the time that a process of its own takes. Its end cuts its
 * connections and leaves its work undone, as that of a process does. Its owner disposes of it.
 */
export async function startWebUiHere(options: WebUiProcessOptions = {}): Promise<RunningWebUi> {
  const temporary = options.dataDirectory === undefined ? makeTempDirectory() : null;
  const dataDirectory = options.dataDirectory ?? temporary?.path ?? '';
  const webUi = await startBuiltInWebUi({ ...options, dataDirectory });
  let closing: Promise<void> | null = null;
  return {
    url: webUi.url,
    imageDirectory: join(dataDirectory, 'outputs/txt2img-images'),
    requests: async () => webUi.stats().requests,
    checkpoints: async () => {
      const answer = await fetch(`${webUi.url}/sdapi/v1/sd-models`);
      return ((await answer.json()) as { title: string }[]).map(({ title }) => title);
    },
    async addFault(fault) {
      const reading = parseFault(fault);
      if ('problem' in reading) throw new Error(reading.problem);
      webUi.addFault(reading.fault);
    },
    clearFaults: async () => webUi.clearFaults(),
    async [Symbol.asyncDispose]() {
      closing ??= webUi.close();
      await closing;
      temporary?.[Symbol.dispose]();
    },
  };
}
