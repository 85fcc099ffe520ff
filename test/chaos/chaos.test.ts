import { expect, test } from 'vitest';
import { randomFrom } from '../engine/fake-world.ts';
import { goThrough } from './rounds.ts';
import { openSdloopWorld } from './sdloop-world.ts';

test('whatever is killed and cut, each planned image is on disk and in the ledger exactly once', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const kinds = [
    { saving: 'server', seeds: '1000' },
    { saving: 'client', seeds: '=77' },
  ] as const;
  const told = kinds.map(async (kind, index) => {
    await using world = await openSdloopWorld({ ...kind, durationMs: [30, 80] });
    await goThrough(world, 4, randomFrom(seed + index));
    const { plannedCount, fileCount, ...violations } = await world.end();
    expect(violations, `${kind.saving}, begun with ${seed + index}`).toEqual({
      lost: [],
      doubled: [],
      unfinished: [],
    });
    expect(plannedCount).toBe(fileCount);
    expect(plannedCount).toBeGreaterThan(0);
  });
  await Promise.all(told);
}, 60_000);
