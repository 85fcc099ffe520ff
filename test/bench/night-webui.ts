import { resolve } from 'node:path';
import { startProgram } from '../helpers/run-cli.ts';
import { type NightClock, nightEnvironment } from './night-clock.ts';

/** So long a generation takes, between two bounds, ms: four images at a quarter of a minute each. */
export const nightDurationMs = [54_000, 66_000] as const;

export const nightBatchSize = 4;
export const nightStepCount = 20;
export const nightModel = 'demo-landscape';

/** From the start of its process until it listens, ms. */
export const nightBootMs = 40_000;

/** A request without its seed, the same for all loops. */
export const nightRequest = { prompt: 'a lighthouse at dusk', width: 64, height: 64, steps: nightStepCount };

/** The words that start the WebUI of a night at a port; it lives until its input ends. */
export function nightWebUiCommand(port: number, dataDirectory: string): readonly [string, ...string[]] {
  const options = {
    port,
    dataDirectory,
    durationMs: nightDurationMs,
    loadMs: 0,
    seed: 1,
    bootMs: nightBootMs,
  };
  return [process.execPath, resolve(import.meta.dirname, 'night-webui-main.ts'), JSON.stringify(options)];
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
