import { expect, test } from 'vitest';
import { widestLimits } from '../../source/generation/generation-limits.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { SeedChoice } from '../../source/generation/seed.ts';
import type { WebUi } from '../../source/generation/webui.ts';
import { FakeWorld, randomFrom, webUi } from './fake-world.ts';

const lastSeed = 2 ** 31 - 1;

/** What may answer in place of the first one after a restart. */
const frugal: WebUi = {
  ...webUi,
  family: 'koboldcpp',
  samplers: ['Euler a'],
  schedulers: [],
  maxInFlight: 1,
  canFreeMemory: false,
  limits: { ...widestLimits, batchSize: 1, batchCount: 1, steps: 15, lastSeed },
};

/** A loop whose WebUI dies in the first generation, and that finds another one at its address. */
function changing(next: WebUi, seed: SeedChoice, walk = 4) {
  let current = webUi;
  let isFirst = true;
  const options = {
    random: randomFrom(walk),
    get webUi() {
      return current;
    },
    fate: () => {
      if (!isFirst) return { kind: 'answered' as const };
      isFirst = false;
      current = next;
      return { kind: 'refused' as const, failure: 'unreachable' as const };
    },
  };
  const world = new FakeWorld(options);
  world.command({
    type: 'start',
    plan: {
      checkpoint: 'dream',
      parameters: { ...defaultParameters, prompt: 'a lighthouse', batchSize: 4, sampler: null },
      seed,
      goal: { kind: 'images', count: 6 },
    },
  });
  return world;
}

test('a WebUI that comes back as another family gets what is left one by one, with the same seeds', () => {
  const world = changing(frugal, { kind: 'counting', from: 100 });
  world.runUntil(() => world.state.ended === 'goal-reached');
  const seeds = world.noticesOf('image').map(({ image }) => image.seed);
  expect(seeds.toSorted()).toEqual([100, 101, 102, 103, 104, 105]);
  expect(world.noticesOf('connected').at(-1)).toMatchObject({ familyBefore: 'a1111' });
  const [first] = world.noticesOf('generation-finished').filter(({ generation }) => generation.id === 1);
  expect(first).toMatchObject({ outcome: 'finished', imageCount: 4 });
});

test('seeds that it would replace are given back to the plan, and the goal stays exact', () => {
  let givenBack = 0;
  for (let walk = 0; walk < 10; walk++) {
    const world = changing(frugal, { kind: 'random' }, walk);
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(world.noticesOf('image')).toHaveLength(6);
    expect(Math.max(...world.filesBySeed.keys())).toBeLessThanOrEqual(lastSeed);
    if (world.noticesOf('generation-finished')[0]?.outcome === 'given-up') givenBack++;
  }
  // About every other first seed is beyond 31 bits.
  expect(givenBack).toBeGreaterThan(0);
});

test('a checkpoint that is gone asks for a person, with close names, and nothing is sent', () => {
  const renamed = webUi.checkpoints.map((each) => ({
    ...each,
    title: `v2-${each.title}`,
    name: `v2-${each.name}`,
    filename: null,
    hash: null,
  }));
  const world = changing({ ...webUi, checkpoints: renamed.slice(1) }, { kind: 'counting', from: 100 });
  world.runUntil(() => world.state.rest?.kind === 'needs-you');
  expect(world.state.trouble?.kind).toBe('unknown-checkpoint');
  expect(world.noticesOf('image')).toEqual([]);
});
