import { describe, expect, test } from 'vitest';
import { usualPolicy } from '../../source/engine/loop-policy.ts';
import { wireLimitOf } from '../../source/engine/wire-limit.ts';
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
    const learnt = wireLimitOf(world.state);
    expect(learnt).toBeGreaterThanOrEqual(100_000);
    world.restartRunner();
    expect(wireLimitOf(world.state)).toBe(learnt);
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(cuts(world)).toHaveLength(1);
    expectExactly(world);

    const given = started({ ...slow, policy: { ...usualPolicy, wireLimitMs: 60_000 } });
    given.restartRunner();
    expect(wireLimitOf(given.state)).toBe(60_000);
  });

  /** A long night behind a proxy whose patience the test decides on, ms; undefined for none. */
  function nightBehind(proxy: { cutAfterMs?: number }, options: Partial<WorldOptions> = {}) {
    const world = new FakeWorld({
      random: randomFrom(3),
      durationMs: slow.durationMs,
      webUi: { ...webUi, hasProgress: false, maxInFlight: 1 },
      get cutAfterMs() {
        return proxy.cutAfterMs;
      },
      ...options,
    });
    world.command({ type: 'start', plan: { ...plan, goal: null } });
    return world;
  }
  const untilGenerations = (world: FakeWorld, count: number) =>
    world.runUntil(() => world.noticesOf('generation-finished').length >= count, 200_000);

  test('that was learnt is tried upward after a while, more and more rarely where it still stands', () => {
    const world = nightBehind({ cutAfterMs: 100_000 });
    untilGenerations(world, 30);
    expect(cuts(world)).toHaveLength(1);
    untilGenerations(world, 60);
    expect(cuts(world)).toHaveLength(2);
    expect(world.noticesOf('adjusted').map(({ adjustment }) => adjustment.kind)).toEqual([
      ...['wire-limit', 'longer-again', 'wire-limit'],
    ]);
    untilGenerations(world, 110);
    expect(cuts(world)).toHaveLength(2);
    untilGenerations(world, 160);
    expect(cuts(world)).toHaveLength(3);
    expect(wireLimitOf(world.state)).toBeLessThan(110_000);
    expect([...world.filesBySeed.values()].every((files) => files.length === 1)).toBe(true);
  });

  test('that was learnt of a proxy that has gone is forgotten', () => {
    const proxy: { cutAfterMs?: number } = { cutAfterMs: 100_000 };
    const world = nightBehind(proxy);
    untilGenerations(world, 10);
    delete proxy.cutAfterMs;
    untilGenerations(world, 60);
    expect(counts(world).at(-1)).toBe(8);
    untilGenerations(world, 100);
    expect(world.state.wire).toBeNull();
    expect(cuts(world)).toHaveLength(1);
  });

  test('that was given is never tried upward', () => {
    const world = nightBehind({ cutAfterMs: 100_000 }, { policy: { ...usualPolicy, wireLimitMs: 100_000 } });
    untilGenerations(world, 150);
    expect(cuts(world)).toEqual([]);
  });

  test('holds where the WebUI tells no progress, too', () => {
    const world = started({
      ...slow,
      webUi: { ...webUi, hasProgress: false, maxInFlight: 1 },
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
