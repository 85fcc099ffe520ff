import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageCountOf, seedsOf } from '../../source/generation/generation.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import { maxSeed, type SeedChoice } from '../../source/generation/seed.ts';
import {
  giveBack,
  nextGeneration,
  type PlanPosition,
  replan,
  startPosition,
} from '../../source/plan/next-generation.ts';
import type { Plan } from '../../source/plan/plan.ts';

function planOf(
  seed: SeedChoice,
  {
    goal = null,
    batchSize = 4,
    batchCount = 1,
  }: { goal?: number | null; batchSize?: number; batchCount?: number } = {},
): Plan {
  return {
    checkpoint: 'dream.safetensors',
    parameters: { ...defaultParameters, batchSize, batchCount },
    seed,
    goal: goal === null ? null : { kind: 'images', count: goal },
  };
}

function planAll(plan: Plan, limit = 1000) {
  const generations = [];
  let position: PlanPosition = startPosition(plan);
  while (generations.length < limit) {
    const next = nextGeneration(plan, position, 0);
    if (!next) break;
    generations.push(next.generation);
    position = next.position;
  }
  return { generations, position };
}

const uint32 = fc.integer({ min: 0, max: maxSeed });
const batches = { batchSize: fc.integer({ min: 1, max: 64 }), batchCount: fc.integer({ min: 1, max: 100 }) };

describe('seeds', () => {
  test('random ones stay within 32 bits with all their images, whatever the chance', () => {
    fc.assert(
      fc.property(uint32, fc.record(batches), (chance, sizes) => {
        const plan = planOf({ kind: 'random' }, sizes);
        const next = nextGeneration(plan, startPosition(plan), chance);
        const seeds = next ? seedsOf(next.generation) : [];
        expect(seeds).toHaveLength(sizes.batchSize * sizes.batchCount);
        expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed <= maxSeed)).toBe(true);
      }),
    );
  });

  test('random and counted ones stay within what a WebUI takes', () => {
    const lastSeed = 2 ** 31 - 1;
    const choice = fc.constantFrom<SeedChoice>({ kind: 'random' }, { kind: 'counting', from: lastSeed - 5 });
    fc.assert(
      fc.property(uint32, fc.record(batches), choice, (chance, sizes, seed) => {
        const plan = planOf(seed, sizes);
        const next = nextGeneration(plan, startPosition(plan), chance, lastSeed);
        expect(Math.max(...(next ? seedsOf(next.generation) : []))).toBeLessThanOrEqual(lastSeed);
      }),
    );
  });

  test('a random seed for one image is the chance itself, so that every seed can come', () => {
    const plan = planOf({ kind: 'random' }, { batchSize: 1 });
    for (const chance of [0, 3_005_953_957, maxSeed])
      expect(nextGeneration(plan, startPosition(plan), chance)?.generation.firstSeed).toBe(chance);
  });

  test('counting goes on after the last planned image', () => {
    const { generations } = planAll(planOf({ kind: 'counting', from: 10 }), 3);
    expect(generations.map(({ firstSeed }) => firstSeed)).toEqual([10, 14, 18]);
  });

  test('counting starts again at 0 where a generation would pass the largest seed', () => {
    const { generations } = planAll(planOf({ kind: 'counting', from: maxSeed - 5 }), 3);
    expect(generations.map(({ firstSeed }) => firstSeed)).toEqual([maxSeed - 5, 0, 4]);
  });

  test('counting up to the very last seed uses it', () => {
    const { generations } = planAll(planOf({ kind: 'counting', from: maxSeed - 3 }), 2);
    expect(generations.map(seedsOf)[0]?.at(-1)).toBe(maxSeed);
    expect(generations[1]?.firstSeed).toBe(0);
  });

  test('a fixed seed is the same for every generation', () => {
    const { generations } = planAll(planOf({ kind: 'fixed', seed: 7 }), 3);
    expect(generations.map(({ firstSeed }) => firstSeed)).toEqual([7, 7, 7]);
  });
});

describe('a goal', () => {
  test('is met exactly, and no generation is larger than the parameters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.record(batches), (goal, sizes) => {
        const { generations } = planAll(planOf({ kind: 'random' }, { goal, ...sizes }), goal);
        expect(generations.reduce((sum, generation) => sum + imageCountOf(generation), 0)).toBe(goal);
        for (const { parameters } of generations) {
          expect(parameters.batchSize).toBeLessThanOrEqual(sizes.batchSize);
          expect(parameters.batchCount).toBeLessThanOrEqual(sizes.batchCount);
        }
      }),
    );
  });

  test('keeps whole batches as long as they fit, since those are the fast ones', () => {
    const { generations } = planAll(planOf({ kind: 'random' }, { goal: 31, batchSize: 4, batchCount: 3 }));
    expect(generations.map(({ parameters }) => [parameters.batchSize, parameters.batchCount])).toEqual([
      [4, 3],
      [4, 3],
      [4, 1],
      [3, 1],
    ]);
  });

  test('plans other images, with new numbers and seeds, for those given back', () => {
    const plan = planOf({ kind: 'counting', from: 0 }, { goal: 8 });
    const { position } = planAll(plan);
    expect(nextGeneration(plan, position, 0)).toBeNull();
    const next = nextGeneration(plan, giveBack(position, 4), 0);
    expect(next?.generation).toMatchObject({ id: 3, firstSeed: 8 });
    expect(next && nextGeneration(plan, next.position, 0)).toBeNull();
  });

  test('never plans more than its images because too many were given back', () => {
    expect(giveBack(startPosition(planOf({ kind: 'random' })), 4).plannedImageCount).toBe(0);
  });
});

describe('a changed plan', () => {
  const counting = planOf({ kind: 'counting', from: 100 });

  test('goes on counting numbers and seeds when only the prompt changed', () => {
    const { position } = planAll(counting, 2);
    const after = { ...counting, parameters: { ...counting.parameters, prompt: '一只猫', batchSize: 2 } };
    expect(nextGeneration(after, replan(counting, after, position), 0)?.generation).toMatchObject({
      id: 3,
      firstSeed: 108,
    });
  });

  test('starts counting anew when the seed choice changed', () => {
    const { position } = planAll(counting, 2);
    const after = planOf({ kind: 'counting', from: 500 });
    expect(nextGeneration(after, replan(counting, after, position), 0)?.generation.firstSeed).toBe(500);
    const random = planOf({ kind: 'random' });
    expect(replan(counting, random, position).nextCountingSeed).toBeNull();
    expect(replan(random, counting, startPosition(random)).nextCountingSeed).toBe(100);
  });

  test('counts the images planned before towards a new goal', () => {
    const { position } = planAll(counting, 2);
    const after = { ...counting, goal: { kind: 'images', count: 10 } } as const;
    const next = nextGeneration(after, replan(counting, after, position), 0);
    expect(next && imageCountOf(next.generation)).toBe(2);
  });
});

test('a second start within a run goes on with its numbers', () => {
  const plan = planOf({ kind: 'random' });
  expect(nextGeneration(plan, startPosition(plan, 42), 0)?.generation.id).toBe(42);
});
