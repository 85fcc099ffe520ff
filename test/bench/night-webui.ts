import { resolve } from 'node:path';
import { startProgram } from '../helpers/run-cli.ts';
import { type NightClock, nightEnvironment } from './night-clock.ts';

const webUiMain = resolve(import.meta.dirname, '../helpers/webui-process-main.ts');

/** So long an image takes, between two bounds that hold for a generation each, ms; a batch takes as long as its images. */
const nightImageMs = [13_500, 16_500] as const;

export const nightBatchSize = 4;

/** So long a generation of a whole batch takes, between two bounds, ms. */
export const nightDurationMs = [nightBatchSize * nightImageMs[0], nightBatchSize * nightImageMs[1]] as const;

export const nightStepCount = 20;
export const nightModel = 'demo-landscape';

/** A request without its seed, the same for all loops. */
export const nightRequest = { prompt: 'a lighthouse at dusk', width: 64, height: 64, steps: nightStepCount };

/** The words that start the WebUI of a night at a port; it lives until its input ends. */
export function nightWebUiCommand(port: number, dataDirectory: string): readonly [string, ...string[]] {
  const options = { port, dataDirectory, imageMs: nightImageMs, loadMs: 0, seed: 1 };
  return [process.execPath, webUiMain, JSON.stringify(options)];
}

/** Starts it and resolves once it listens; ends it when it is disposed of. */
export async function startNightWebUi(
  clock: NightClock,
  place: { readonly port: number; readonly dataDirectory: string },
): Promise<AsyncDisposable> {
  const [program, ...args] = nightWebUiCommand(place.port, place.dataDirectory);
  const webUi = startProgram(program, args, { env: nightEnvironment(clock) });
  try {
    await webUi.waitForLine((line) => line.startsWith('http'));
    return webUi;
  } catch (error) {
    await webUi[Symbol.asyncDispose]();
    throw error;
  }
}
