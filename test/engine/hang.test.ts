import { describe, expect, test } from 'vitest';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { Plan } from '../../source/plan/plan.ts';
import { FakeWorld, type Fate, randomFrom, type WorldOptions, webUi } from './fake-world.ts';

const plan: Plan = {
  checkpoint: 'dream',
  parameters: { ...defaultParameters, prompt: 'a lighthouse', batchSize: 2 },
  seed: { kind: 'counting', from: 100 },
  goal: { kind: 'images', count: 12 },
};

/** The third generation hangs, once. */
function thirdHangs(isInterruptible: boolean): () => Fate {
  let count = 0;
  return () => (++count === 3 ? { kind: 'hangs', isInterruptible } : { kind: 'answered' });
}

function started(options: Partial<WorldOptions>): FakeWorld {
  const world = new FakeWorld({ random: randomFrom(5), ...options });
  world.command({ type: 'start', plan });
  return world;
}

const hangs = (world: FakeWorld) =>
  world.noticesOf('failure').filter(({ failure }) => failure.kind === 'hung');

function expectExactly(world: FakeWorld): void {
  const seeds = world.noticesOf('image').map(({ image }) => image.seed);
  expect(seeds.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, index) => 100 + index));
  expect([...world.filesBySeed.values()].every((files) => files.length === 1)).toBe(true);
}

describe('a WebUI that makes no step any more', () => {
  test('is interrupted after a minute, and the generation is made again', () => {
    const world = started({ fate: thirdHangs(true) });
    world.runUntil(() => hangs(world).length > 0);
    const [first] = hangs(world);
    expect(first).toMatchObject({ willRetry: true, measure: { kind: 'interrupt' } });
    const hungAt =
      world.noticesOf('generation-started').find(({ generation }) => generation.id === 3)?.at ?? 0;
    expect((first?.at ?? 0) - hungAt).toBeGreaterThan(60_000);
    expect((first?.at ?? 0) - hungAt).toBeLessThan(100_000);
    world.runUntil(() => world.state.ended === 'goal-reached');
    expectExactly(world);
  });

  test('and cannot be interrupted is let go of after half a minute, looked at again, and left to a person', () => {
    const world = started({ fate: thirdHangs(false) });
    world.runUntil(() => world.state.rest?.kind === 'needs-you');
    const told = hangs(world);
    expect(told.map(({ measure }) => measure?.kind)).toEqual(['interrupt', 'reconnect', undefined]);
    expect((told[1]?.at ?? 0) - (told[0]?.at ?? 0)).toBeGreaterThanOrEqual(30_000);
    // What stands still once more has had most of its time before.
    expect((told[2]?.at ?? 0) - (told[1]?.at ?? 0)).toBeLessThan(60_000);
    expect(world.state.trouble?.kind).toBe('hung');
    expect(world.sentCountById.get(3)).toBe(1);
    expect(world.maxOutstanding).toBeLessThanOrEqual(2);
    world.restartWebUi();
    world.command({ type: 'resume' });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expectExactly(world);
  });

  test('and cannot be interrupted is asked to restart itself, where it can, before any person is', () => {
    const able = { ...webUi, canRestartItself: true };
    const world = started({ fate: thirdHangs(false), webUi: able });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(world.restartWays).toEqual(['itself']);
    expectExactly(world);

    const stubborn = started({ fate: thirdHangs(false), webUi: able, obeysRestart: () => false });
    stubborn.runUntil(() => stubborn.state.rest?.kind === 'needs-you');
    expect(stubborn.restartWays).toEqual(['itself']);
    expect(stubborn.state.trouble?.kind).toBe('hung');
  });

  test('and lacks progress and interrupt counts as hung after ten times the usual time', () => {
    const frugal = { ...webUi, hasProgress: false, hasInterrupt: false, maxInFlight: 1 as const };
    const world = started({ fate: thirdHangs(false), webUi: frugal });
    world.runUntil(() => hangs(world).length > 0);
    const sentAt =
      world.noticesOf('generation-started').find(({ generation }) => generation.id === 3)?.at ?? 0;
    expect(world.now - sentAt).toBeGreaterThanOrEqual(300_000);
    expect(hangs(world)[0]).toMatchObject({ measure: { kind: 'reconnect' } });
  });
});

test('a slow generation that moves on is no hang, however long it takes', () => {
  const world = started({ durationMs: () => 3_000_000 });
  world.runUntil(() => world.noticesOf('image').length > 0, 60_000);
  expect(hangs(world)).toEqual([]);
});

test('a stop that waits for what hangs ends all the same, and leaves the next runner to find out what became of it', () => {
  const world = started({ fate: thirdHangs(false) });
  world.runUntil(() => (world.sentCountById.get(3) ?? 0) > 0);
  world.command({ type: 'stop', now: false });
  world.runUntil(() => world.state.ended === 'asked');
  const startedCount = world.noticesOf('generation-started').length;
  expect(world.noticesOf('generation-finished')).toHaveLength(startedCount - 1);
  world.restartWebUi();
  world.restartRunner();
  world.runUntil(() => world.noticesOf('generation-finished').length === startedCount);
  expect(world.noticesOf('generation-finished').at(-1)).toMatchObject({ outcome: 'abandoned' });
  expect(world.noticesOf('generation-started')).toHaveLength(startedCount);
});

test('over 300 walks with hangs, lost answers and restarts, goals are exact and each seed is made once', () => {
  for (let walk = 0; walk < 300; walk++) {
    const random = randomFrom(walk);
    let faults = 3;
    const world = started({
      random,
      fate: () => {
        if (faults === 0 || random() < 0.6) return { kind: 'answered' };
        faults--;
        if (random() < 0.3) return { kind: 'lost-after-saving' };
        return { kind: 'hangs', isInterruptible: random() < 0.5 };
      },
    });
    world.runUntil(() => {
      if (world.state.rest?.kind === 'needs-you') {
        world.restartWebUi();
        world.command({ type: 'resume' });
      }
      return world.state.ended === 'goal-reached';
    });
    expectExactly(world);
    expect(world.maxOutstanding, `walk ${walk}`).toBeLessThanOrEqual(2);
  }
});
