import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work on the main thread that lets keys and frames through every few milliseconds. */
export type Slices = {
  /** To be called between small pieces of the work. */
  breathe(): Promise<void> | undefined;
};

const sliceMs = 4;

export function createSlices(): Slices {
  let startedAt = performance.now();
  return {
    breathe() {
      if (performance.now() - startedAt < sliceMs) return undefined;
      return nextTurn().then(() => {
        startedAt = performance.now();
      });
    },
  };
}
