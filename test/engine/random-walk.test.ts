import { describe, expect, test } from 'vitest';
import type { Command } from '../../source/engine/command.ts';
import { usualHires } from '../../source/generation/asked.ts';
import type { FailureKind } from '../../source/generation/failure.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { Order } from '../../source/plan/order.ts';
import type { Plan } from '../../source/plan/plan.ts';
import { FakeWorld, type Fate, randomFrom } from './fake-world.ts';

const walkCount = 4000;

function planFrom(random: () => number): Plan {
  return {
    checkpoint: random() < 0.8 ? 'dream' : 'other',
    parameters: {
      ...defaultParameters,
      prompt: 'a lighthouse',
      batchSize: 1 + Math.floor(random() * 4),
      batchCount: 1 + Math.floor(random() * 2),
    },
    seed: { kind: 'counting', from: Math.floor(random() * 1_000_000) },
    goal: random() < 0.3 ? { kind: 'images', count: 1 + Math.floor(random() * 20) } : null,
  };
}

/** What a person asks for beside the plan, with seeds by chance, so that each is known by its seed. */
function orderFrom(random: () => number): Order {
  const { checkpoint, parameters } = planFrom(random);
  return {
    checkpoint,
    parameters,
    seed: null,
    variation: random() < 0.5 ? { subseed: null, strength: 0.2 } : null,
    hires: random() < 0.3 ? usualHires : null,
    times: 1 + Math.floor(random() * 3),
  };
}

function imagesOf({ variation, parameters, times }: Order): number {
  return variation === null ? times * parameters.batchSize * parameters.batchCount : times;
}

function pick<T>(random: () => number, values: readonly [T, ...T[]]): T {
  return values[Math.floor(random() * values.length)] ?? values[0];
}

const refusals: readonly [FailureKind, ...FailureKind[]] = [
  'unreachable',
  'busy',
  'server-error',
  'out-of-memory',
  'nan',
  'rejected',
];

/** One night of one user: commands, faults and answers in whatever order the seed makes. */
function walk(seed: number): FakeWorld {
  const random = randomFrom(seed);
  const faultShare = pick(random, [0, 0.1, 0.4]);
  const fate = (): Fate => {
    if (random() >= faultShare) return { kind: 'answered' };
    const kind = pick(random, ['refused', 'lost-after-saving', 'lost-in-between'] as const);
    if (kind === 'refused') return { kind, failure: pick(random, refusals) };
    return kind === 'lost-after-saving' ? { kind } : { kind, savedCount: Math.floor(random() * 5) };
  };
  const world = new FakeWorld({
    random,
    fate,
    roundTripMs: pick(random, [1, 60]),
    probe: () => (random() < faultShare ? pick(random, ['unreachable', 'starting'] as const) : null),
    isCutOff: () => random() < faultShare,
    collectFailure: () => (random() < faultShare / 4 ? 'disk-full' : null),
  });
  world.command({ type: 'start', plan: planFrom(random) });
  const steps = 50 + Math.floor(random() * 250);
  for (let count = 0; count < steps; count++) {
    if (random() < 0.05) world.command(commandFrom(random));
    if (random() < 0.03) world.tellSpace(pick(random, [1e9, 1e9, 3e9, null]), 2e9);
    if (!world.step()) break;
  }
  return world;
}

function commandFrom(random: () => number): Command {
  const type = pick(random, [
    'pause',
    'resume',
    'skip',
    'interrupt',
    'change-plan',
    'make',
    'make',
    'retry-now',
    'refresh',
  ] as const);
  if (type === 'make') return { type, order: orderFrom(random) };
  return type === 'change-plan' ? { type, plan: { ...planFrom(random), goal: null } } : { type };
}

describe(`over ${walkCount} random walks`, () => {
  test('two requests at most are outstanding, a stop always ends, each generation ends once or is left to the next runner, each image is made and told once', () => {
    for (let seed = 0; seed < walkCount; seed++) {
      const world = walk(seed);
      world.command({ type: 'stop', now: seed % 3 === 0 });
      world.runUntil(() => world.state.ended !== null);
      expect(world.maxOutstanding, `walk ${seed}`).toBeLessThanOrEqual(2);
      const started = world.noticesOf('generation-started').map(({ generation }) => generation.id);
      const finished = world.noticesOf('generation-finished').map(({ generation }) => generation.id);
      expect(new Set(started).size, `walk ${seed}: started twice`).toBe(started.length);
      const left = world.state.lanes.flatMap(({ pending }) => pending.map(({ work }) => work.planned.id));
      expect(
        [...finished, ...left].toSorted((a, b) => a - b),
        `walk ${seed}: ended once each`,
      ).toEqual(started.toSorted((a, b) => a - b));
      const told = world.noticesOf('image').map(({ image }) => image.path);
      expect(new Set(told).size, `walk ${seed}: an image told twice`).toBe(told.length);
      const doubled = [...world.filesBySeed].filter(([, files]) => files.length > 1);
      expect(doubled, `walk ${seed}: doubled images`).toEqual([]);
      const toldSeeds = new Set(world.noticesOf('image').map(({ image }) => image.seed));
      const given = world.noticesOf('generation-finished').filter(({ outcome }) => outcome !== 'finished');
      if (given.length === 0 && left.length === 0) {
        const unknown = [...world.filesBySeed.keys()].filter((fileSeed) => !toldSeeds.has(fileSeed));
        expect(unknown, `walk ${seed}: images that nobody was told of`).toEqual([]);
      }
    }
  });

  test('a pause rests after what is in flight, and loses nothing', () => {
    for (let seed = 0; seed < walkCount / 4; seed++) {
      const world = walk(seed);
      if (world.state.ended !== null) continue;
      world.command({ type: 'pause' });
      const sentBefore = [...world.sentCountById.values()].reduce((sum, count) => sum + count, 0);
      world.runUntil(() =>
        world.state.lanes.every((lane) => lane.inFlight.length === 0 && lane.collecting.length === 0),
      );
      for (let count = 0; count < 50; count++) world.step();
      const sentAfter = [...world.sentCountById.values()].reduce((sum, count) => sum + count, 0);
      expect(sentAfter, `walk ${seed}: sent during a pause`).toBe(sentBefore);
    }
  });

  test('a loop without faults always reaches its goal with exactly the images asked for', () => {
    for (let seed = 0; seed < walkCount / 4; seed++) {
      const random = randomFrom(seed);
      const world = new FakeWorld({ random });
      const count = 1 + Math.floor(random() * 30);
      world.command({ type: 'start', plan: { ...planFrom(random), goal: { kind: 'images', count } } });
      world.runUntil(() => world.state.ended === 'goal-reached');
      expect(world.noticesOf('image').length).toBe(count);
    }
  });

  test('a loop among faults that pass reaches its goal with exactly the images asked for, each seed once', () => {
    for (let seed = 0; seed < walkCount / 4; seed++) {
      const random = randomFrom(seed);
      let faultsLeft = 8;
      const world = new FakeWorld({
        random,
        isCutOff: () => random() < 0.3,
        fate: () => {
          if (faultsLeft === 0 || random() < 0.5) return { kind: 'answered' };
          faultsLeft--;
          return pick<Fate>(random, [
            { kind: 'refused', failure: 'unreachable' },
            { kind: 'refused', failure: 'server-error' },
            { kind: 'lost-after-saving' },
            { kind: 'lost-in-between', savedCount: Math.floor(random() * 4) },
          ]);
        },
      });
      const count = 1 + Math.floor(random() * 30);
      world.command({ type: 'start', plan: { ...planFrom(random), goal: { kind: 'images', count } } });
      world.runUntil(() => world.state.ended === 'goal-reached');
      expect(world.noticesOf('image').length, `walk ${seed}`).toBe(count);
      expect(
        [...world.filesBySeed.values()].every((files) => files.length === 1),
        `walk ${seed}`,
      ).toBe(true);
    }
  });

  test('a runner that is killed again and again makes each planned image once, and ends each generation once', () => {
    for (let seed = 0; seed < walkCount / 2; seed++) {
      const random = randomFrom(seed);
      let faultsLeft = 4;
      const world = new FakeWorld({
        random,
        roundTripMs: pick(random, [1, 60]),
        isCutOff: () => random() < 0.3,
        fate: () => {
          if (faultsLeft === 0 || random() < 0.7) return { kind: 'answered' };
          faultsLeft--;
          return pick<Fate>(random, [
            { kind: 'refused', failure: 'unreachable' },
            { kind: 'lost-after-saving' },
            { kind: 'lost-in-between', savedCount: Math.floor(random() * 4) },
          ]);
        },
      });
      const count = 1 + Math.floor(random() * 30);
      world.command({ type: 'start', plan: { ...planFrom(random), goal: { kind: 'images', count } } });
      let orderedCount = 0;
      for (let kills = 0; kills < 5; kills++) {
        if (random() < 0.4 && world.state.ended === null) {
          const order = orderFrom(random);
          orderedCount += imagesOf(order);
          world.command({ type: 'make', order });
        }
        const steps = Math.floor(random() * 30);
        for (let step = 0; step < steps && world.step(); step++);
        // A loop that has come to its end is not gone on with.
        if (world.state.ended === null) world.restartRunner();
      }
      world.runUntil(() => world.state.ended === 'goal-reached');
      const files = [...world.filesBySeed.values()];
      expect(
        files.filter((each) => each.length > 1),
        `walk ${seed}: doubled`,
      ).toEqual([]);
      expect(files.length, `walk ${seed}: images on disk`).toBe(count + orderedCount);
      const told = world.noticesOf('image').map(({ image }) => image.seed);
      expect(told.toSorted(), `walk ${seed}: told once`).toEqual([...world.filesBySeed.keys()].toSorted());
      const started = world.noticesOf('generation-started').map(({ generation }) => generation.id);
      const finished = world.noticesOf('generation-finished').map(({ generation }) => generation.id);
      expect(finished.toSorted(), `walk ${seed}: ended once`).toEqual(started.toSorted());
    }
  });

  test('a runner that dies while it pauses pauses again', () => {
    const random = randomFrom(7);
    const world = new FakeWorld({ random });
    world.command({ type: 'start', plan: { ...planFrom(random), goal: null } });
    world.runUntil(() => world.noticesOf('image').length > 0);
    world.command({ type: 'pause' });
    world.restartRunner();
    world.runUntil(() => world.state.rest?.kind === 'paused' && world.state.lanes[0]?.pending.length === 0);
    const sent = world.sentCountById.size;
    for (let count = 0; count < 50; count++) world.step();
    expect(world.sentCountById.size).toBe(sent);
    world.command({ type: 'resume' });
    world.runUntil(() => world.sentCountById.size > sent);
  });
});
