import { randomInt } from 'node:crypto';
import type { Audit } from '../chaos/audit.ts';
import type { Blow } from '../chaos/blows.ts';
import { openPlainWorld } from '../chaos/plain-world.ts';
import { goThrough } from '../chaos/rounds.ts';
import { openSdloopWorld } from '../chaos/sdloop-world.ts';
import type { World } from '../chaos/world.ts';
import { randomFrom } from '../engine/fake-world.ts';
import type { Bench } from './bench.ts';

/** Rounds of one world, which is new after them: enough for trouble to follow trouble. */
const roundsOfWorld = 20;

/** Worlds at a time: each of them mostly waits. */
const worldsAtOnce = 20;

const durationMs = [30, 80] as const;

const worldKinds = (['server', 'client'] as const).flatMap((saving) =>
  (['1000', '=77', 'random'] as const).map((seeds) => ({ saving, seeds })),
);

type Sum = { roundCount: number; plannedCount: number; fileCount: number; lost: number; doubled: number };

type Rounds = {
  readonly roundCount: number;
  readonly firstSeed: number;
  readonly notes: string[];
  readonly found: string[];
};

export const chaos: Bench = {
  name: 'chaos',
  about:
    'The runner, a screen or the WebUI killed, or an answer lost, at random moments of a loop whose generations take 30 to 80 ms, batches of 2; in the end each planned seed must be on disk and in the ledger once.',
  async run(pace, options = {}) {
    const roundCount = options.rounds ?? (pace === 'quick' ? 40 : 1000);
    const firstSeed = options.seed ?? randomInt(2 ** 30);
    const notes = [`The rounds can be had again with --seed ${firstSeed}.`];
    const found: string[] = [];
    const sdloop = await measure({ roundCount, firstSeed, notes, found }, (index) => {
      const kind = worldKinds[index % worldKinds.length];
      return openSdloopWorld({ saving: 'server', seeds: 'random', ...kind, durationMs });
    });
    const plainRounds = { roundCount: Math.ceil(roundCount / 5), firstSeed, notes, found: [] };
    const plain = await measure(plainRounds, () => openPlainWorld(durationMs));
    return {
      header: ['loop', 'rounds', 'images planned', 'files', 'lost', 'doubled'],
      rows: [
        ['sdloop', ...figures(sdloop)],
        ['plain loop with retry', ...figures(plain)],
      ],
      notes: [...notes, ...found],
    };
  },
};

/** Goes through all rounds, in worlds beside each other; what a world `found` wrong is told with its seed. */
async function measure(
  { roundCount, firstSeed, notes, found }: Rounds,
  open: (index: number) => Promise<World>,
): Promise<Sum> {
  const sum: Sum = { roundCount: 0, plannedCount: 0, fileCount: 0, lost: 0, doubled: 0 };
  const blows = new Map<Blow, number>();
  const worldCount = Math.ceil(roundCount / roundsOfWorld);
  let next = 0;
  const startedAt = performance.now();
  async function takeWorlds(): Promise<void> {
    for (let index = next++; index < worldCount; index = next++) {
      await using world = await open(index);
      const rounds = Math.min(roundsOfWorld, roundCount - index * roundsOfWorld);
      for (const [blow, count] of await goThrough(world, rounds, randomFrom(firstSeed + index))) {
        blows.set(blow, (blows.get(blow) ?? 0) + count);
      }
      add(sum, rounds, await world.end(), `world ${firstSeed + index}`, found);
    }
  }
  await Promise.all(Array.from({ length: Math.min(worldsAtOnce, worldCount) }, takeWorlds));
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const what = [...blows].map(([blow, count]) => `${blow} ${count}`).join(', ');
  notes.push(`${sum.roundCount} rounds in ${seconds} s: ${what}.`);
  return sum;
}

function add(sum: Sum, roundCount: number, audit: Audit, name: string, found: string[]): void {
  const { plannedCount, fileCount, lost, doubled, unfinished } = audit;
  sum.roundCount += roundCount;
  sum.plannedCount += plannedCount;
  sum.fileCount += fileCount;
  sum.lost += lost.length + unfinished.length;
  sum.doubled += doubled.length;
  const violations = [...lost, ...unfinished, ...doubled];
  if (violations.length > 0) found.push(`${name}: ${violations.slice(0, 3).join('; ')}.`);
}

function figures({ roundCount, plannedCount, fileCount, lost, doubled }: Sum): string[] {
  return [roundCount, plannedCount, fileCount, lost, doubled].map(String);
}
