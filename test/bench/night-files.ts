import { readFileSync } from 'node:fs';
import { filesBelow } from '../chaos/audit.ts';
import { nightModel } from './night-world.ts';

export type NightFiles = {
  /** Paths of the images of the checkpoint asked for, by seed. */
  readonly bySeed: ReadonlyMap<number, readonly string[]>;
  /** Images of another one. */
  readonly wrong: ReadonlySet<string>;
};

/** Sorts the saved images by what is written into them, which knows the checkpoint better than the request does. */
export function sortFiles(imageDirectory: string): NightFiles {
  const bySeed = new Map<number, string[]>();
  const wrong = new Set<string>();
  for (const file of filesBelow(imageDirectory)) {
    const seed = Number(/-(\d+)\.png$/.exec(file)?.[1]);
    const model = /Model: ([^,]+)/.exec(readFileSync(file, 'latin1'))?.[1];
    if (model === nightModel) bySeed.set(seed, [...(bySeed.get(seed) ?? []), file]);
    else wrong.add(file);
  }
  return { bySeed, wrong };
}
