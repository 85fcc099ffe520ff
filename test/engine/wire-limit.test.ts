import { describe, expect, test } from 'vitest';
import { usualPolicy } from '../../source/engine/loop-policy.ts';
import { type Generation, imageCountOf } from '../../source/generation/generation.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { Plan } from '../../source/plan/plan.ts';
import { FakeWorld, randomFrom, type WorldOptions, webUi } from './fake-world.ts';

const plan: Plan = {
  checkpoint: 'dream',
  parameters: { ...defaultParameters, prompt: 'a lighthouse', batchSize: 8 },
  seed: { kind: 'counting', from: 100 },
  goal: { kind: 'images', count: 30 },
};

/** Each image takes 19 s, and a proxy waits 100 s. */
const slow = {
  durationMs: (generation: Generation) => 19_000 * imageCountOf(generation),
  cutAfterMs: 100_000,
};

function started(options: Partial<WorldOptions>): FakeWorld {
  const world = new FakeWorld({ random: randomFrom(3), ...options });
  world.command({ type: 'start', plan });
  return world;
}

const cuts = (world: FakeWorld) =>
  world.noticesOf('failure').filter(({ failure }) => failure.httpStatus === 524);
const counts = (world: FakeWorld) =>
  world.noticesOf('generation-started').map(({ generation }) => imageCountOf(generation));

function expectExactly(world: FakeWorld): void {
  const seeds = world.noticesOf('image').map(({ image }) => image.seed);
  expect(seeds.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => 100 + index));
  expect([...world.filesBySeed.values()].every((files) => files.length === 1)).toBe(true);
}

describe('a wire limit', () => {
  test('that is given is never met: the first generation makes one image, the others what fits into 80 %', () => {
    const world = started({ ...slow, policy: { ...usualPolicy, wireLimitMs: 100_000 } });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(cuts(world)).toEqual([]);
    expect(counts(world)).toEqual([1, 4, 4, 4, 4, 4, 4, 4, 1]);
    expectExactly(world);
  });

  test('that nobody knew is learnt from the first cut, whose images are looked for and not made again', () => {
    const world = started(slow);
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(cuts(world)).toHaveLength(1);
    expect(world.noticesOf('adjusted').map(({ adjustment }) => adjustment.kind)).toEqual(['wire-limit']);
    expect(world.sentCountById.get(1)).toBe(1);
    expect(
      counts(world)
        .slice(1)
        .every((count) => count <= 4),
    ).toBe(true);
    expectExactly(world);
  });

  test('that was learnt is known to the next runner, and a shorter one of a person counts before it', () => {
    const world = started(slow);
    world.runUntil(() => cuts(world).length > 0 && world.noticesOf('image').length > 8);
    const learnt = world.state.policy.wireLimitMs;
    expect(learnt).toBeGreaterThanOrEqual(100_000);
    world.restartRunner();
    expect(world.state.policy.wireLimitMs).toBe(learnt);
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(cuts(world)).toHaveLength(1);
    expectExactly(world);

    const given = started({ ...slow, policy: { ...usualPolicy, wireLimitMs: 60_000 } });
    given.restartRunner();
    expect(given.state.policy.wireLimitMs).toBe(60_000);
  });

  test('holds where the WebUI tells no progress, too', () => {
    const world = started({
      ...slow,
      webUi: { ...webUi, hasProgress: false },
      policy: { ...usualPolicy, wireLimitMs: 100_000 },
    });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(cuts(world)).toEqual([]);
    expectExactly(world);
  });

  test('that even one image passes still lets the loop go on', () => {
    const world = started({ ...slow, cutAfterMs: 30_000, durationMs: (one) => 40_000 * imageCountOf(one) });
    world.runUntil(() => world.state.ended === 'goal-reached', 60_000);
    expectExactly(world);
  });
});
