import { readFileSync, statSync } from 'node:fs';
import { filesBelow } from '../chaos/audit.ts';
import { type NightClock, toNight } from './night-clock.ts';
import { nightModel } from './night-webui.ts';

export type NightFiles = {
  /** Paths of the images of the checkpoint asked for, by seed. */
  readonly bySeed: ReadonlyMap<number, readonly string[]>;
  /** Images of another one. */
  readonly wrong: ReadonlySet<string>;
  /** How many of the seeds were saved in time. */
  readonly timelyCount: number;
};

/**
 * Sorts the saved images by what is written into them, which knows the checkpoint better than the request does; `endedAt` is of the night's
 * clock.
 */
export function sortFiles(imageDirectory: string, clock: NightClock, endedAt: number): NightFiles {
  const bySeed = new Map<number, string[]>();
  const wrong = new Set<string>();
  const timely = new Set<number>();
  for (const file of filesBelow(imageDirectory)) {
    const seed = Number(/-(\d+)\.png$/.exec(file)?.[1]);
    const model = /Model: ([^,]+)/.exec(readFileSync(file, 'latin1'))?.[1];
    if (model !== nightModel) {
      wrong.add(file);
      continue;
    }
    bySeed.set(seed, [...(bySeed.get(seed) ?? []), file]);
    if (toNight(clock, statSync(file).mtimeMs) <= endedAt) timely.add(seed);
  }
  return { bySeed, wrong, timelyCount: timely.size };
}
