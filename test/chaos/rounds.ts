import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '../helpers/wait-for.ts';
import { type Blow, type Chance, chooseBlow } from './blows.ts';
import type { World } from './world.ts';

/** Longer than any recovery: a retry's growing delay, a search for lost images and a busy machine. */
const patience = { timeoutMs: 120_000 };

/** At most so long the loop generates on before it is hit, ms: a few generations. */
const longestLullMs = 250;

/** How many of the blows fall only once the loop has recovered from the one before. */
const calmShare = 0.7;

/** Starts the loop and has it hit so many times at random moments; resolves once it has recovered from all of it. */
export async function goThrough(
  world: World,
  roundCount: number,
  chance: Chance,
): Promise<ReadonlyMap<Blow, number>> {
  const counts = new Map<Blow, number>();
  await world.startLoop();
  for (let round = 0; round < roundCount; round += 1) {
    await delay(chance() * longestLullMs);
    const blow = chooseBlow(chance);
    counts.set(blow, (counts.get(blow) ?? 0) + 1);
    await strike(world, blow, chance);
    if (chance() < calmShare) await recovered(world);
  }
  await world.clearFaults();
  await recovered(world);
  return counts;
}

async function strike(world: World, blow: Blow, chance: Chance): Promise<void> {
  switch (blow) {
    case 'kill-runner':
      world.killLoop();
      await delay(chance() * 100);
      return world.startLoop();
    case 'kill-screen':
      return world.killScreen();
    case 'kill-webui':
      await world.killWebUi();
      await delay(chance() * 100);
      return world.startWebUi();
    case 'reset':
    case 'reset-before-saving':
    case 'reset-after-saving':
    case 'truncated-json':
    case '502':
    case '504':
      return world.cutNext(blow);
  }
}

/** More has been finished since than can have been in flight: the cut has fallen by then, too. */
async function recovered(world: World): Promise<void> {
  const before = world.finishedCount();
  await waitFor(() => world.finishedCount() > before + 2, patience);
}
