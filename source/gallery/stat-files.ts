import { type Stats, stat } from 'node:fs';

/** Enough to hide a network's delay, few enough to leave threads to others. */
const atOnce = 2;

/** Asks for many files' facts, null for those that are not there; four at a time. */
export async function statFiles(paths: readonly string[]): Promise<(Stats | null)[]> {
  const found: (Stats | null)[] = new Array(paths.length).fill(null);
  let next = 0;
  async function work(): Promise<void> {
    while (next < paths.length) {
      const index = next++;
      found[index] = await statOrNull(paths[index] ?? '');
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, paths.length) }, work));
  return found;
}

function statOrNull(path: string): Promise<Stats | null> {
  return new Promise((resolve) => stat(path, (error, stats) => resolve(error ? null : stats)));
}
