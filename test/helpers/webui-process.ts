import { join, resolve } from 'node:path';
import type { DemoFamilyName } from '../../source/demo/family-names.ts';
import { startProgram } from './run-cli.ts';
import { makeTempDirectory } from './temp-directory.ts';

const mainPath = resolve(import.meta.dirname, 'webui-process-main.ts');

/** What `startBuiltInWebUi` is started with, as far as it can be written as JSON. */
export type WebUiProcessOptions = {
  /** Which WebUI it plays. */
  readonly family?: DemoFamilyName;
  /** A free one when not given. */
  readonly port?: number;
  /** Models and outputs live below it; a temporary one when not given. */
  readonly dataDirectory?: string;
  /** How long a generation takes, or between which bounds, ms. */
  readonly durationMs?: number | readonly [number, number];
  readonly stepMs?: number;
  /** Added to each round trip. */
  readonly latencyMs?: number;
  readonly auth?: string;
  /** How long a checkpoint takes to load, ms. */
  readonly loadMs?: number;
  /** Decides the durations. */
  readonly seed?: number;
};

/** One txt2img request as the server saw it; ms since epoch, null where it has not come to that. */
export type WebUiRequest = {
  readonly arrivedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly seeds: readonly number[];
};

/** A built-in WebUI that a test has started. */
export type RunningWebUi = AsyncDisposable & {
  readonly url: string;
  /** Where its images go; the dated directories are in it. */
  readonly imageDirectory: string;
  requests(): Promise<readonly WebUiRequest[]>;
  /** The titles it lists, in its order. */
  checkpoints(): Promise<readonly string[]>;
  /** Adds a fault in the grammar of `source/demo/faults.ts`. */
  addFault(fault: string): Promise<void>;
  /** Ends all faults; a generation that hangs goes on. */
  clearFaults(): Promise<void>;
};

/**
 * Starts the built-in WebUI at a free port of 127.0.0.1, in a process of its own: it can die like one, and its drawing costs neither the program
 * under test nor the harness. Its owner disposes of it.
 */
export async function startWebUiProcess(options: WebUiProcessOptions = {}): Promise<RunningWebUi> {
  const temporary = options.dataDirectory === undefined ? makeTempDirectory() : null;
  const dataDirectory = options.dataDirectory ?? temporary?.path ?? '';
  const program = startProgram(process.execPath, [mainPath, JSON.stringify({ ...options, dataDirectory })]);
  const dispose = async () => {
    await program[Symbol.asyncDispose]();
    temporary?.[Symbol.dispose]();
  };
  try {
    const url = await program.waitForLine((line) => line.startsWith('http'));
    return {
      url,
      imageDirectory: join(dataDirectory, 'outputs/txt2img-images'),
      async requests() {
        const stats = (await getJson(url, '/demo/stats')) as { requests: WebUiRequest[] };
        return stats.requests;
      },
      async checkpoints() {
        const models = (await getJson(url, '/sdapi/v1/sd-models')) as { title: string }[];
        return models.map(({ title }) => title);
      },
      async addFault(fault) {
        const answer = await fetch(`${url}/demo/faults`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ add: fault }),
        });
        if (!answer.ok)
          throw new Error(`The built-in WebUI refused the fault ${fault}: ${await answer.text()}`);
      },
      async clearFaults() {
        await fetch(`${url}/demo/faults`, { method: 'DELETE' });
      },
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function getJson(url: string, path: string): Promise<unknown> {
  const answer = await fetch(url + path);
  if (!answer.ok) throw new Error(`GET ${path} was answered with ${answer.status}.`);
  return answer.json();
}
