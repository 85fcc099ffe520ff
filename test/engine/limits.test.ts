import { describe, expect, test } from 'vitest';
import type { Effect } from '../../source/engine/effect.ts';
import { widestLimits } from '../../source/generation/generation-limits.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { WebUi } from '../../source/generation/webui.ts';
import type { Plan } from '../../source/plan/plan.ts';
import { FakeWorld, randomFrom, type WorldOptions, webUi } from './fake-world.ts';

const lastSeed = 2 ** 31 - 1;

/** One image a call, one call at a time, seeds of 31 bits, no progress, nothing to give up with. */
const frugal: WebUi = {
  ...webUi,
  family: 'koboldcpp',
  maxInFlight: 1,
  hasProgress: false,
  livePreviews: { kind: 'none' },
  hasInterrupt: false,
  hasSkip: false,
  limits: { ...widestLimits, batchSize: 1, batchCount: 1, steps: 80, lastSeed },
};

const plan: Plan = {
  checkpoint: 'dream',
  parameters: { ...defaultParameters, prompt: 'a lighthouse', batchSize: 4, batchCount: 2, steps: 120 },
  seed: { kind: 'counting', from: 100 },
  goal: { kind: 'images', count: 7 },
};

/** A world that notes what is sent. */
function started(changes: Partial<Plan>, options: Partial<WorldOptions> = {}) {
  const world = new FakeWorld({ random: randomFrom(1), webUi: frugal, ...options });
  world.command({ type: 'start', plan: { ...plan, ...changes } });
  return world;
}

describe('a WebUI that makes one image a call', () => {
  test('reaches a goal exactly, each seed once, whatever batch was asked for', () => {
    const world = started({});
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(world.noticesOf('image').map(({ image }) => image.seed)).toEqual([
      100, 101, 102, 103, 104, 105, 106,
    ]);
    expect(world.maxOutstanding).toBe(1);
    for (const { generation } of world.noticesOf('generation-started')) {
      expect(generation.parameters).toMatchObject({ batchSize: 1, batchCount: 1, steps: 80 });
    }
  });

  test('reaches it among lost answers too', () => {
    let lost = 0;
    const fate = () =>
      ++lost % 3 === 0 ? ({ kind: 'lost-after-saving' } as const) : { kind: 'answered' as const };
    const world = started({}, { fate });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(world.noticesOf('image')).toHaveLength(7);
    expect([...world.filesBySeed.values()].every((files) => files.length === 1)).toBe(true);
  });
});

describe('seeds', () => {
  test('by chance stay within those that the WebUI takes', () => {
    for (let seed = 0; seed < 50; seed++) {
      const world = started({ seed: { kind: 'random' } }, { random: randomFrom(seed) });
      world.runUntil(() => world.state.ended === 'goal-reached');
      expect(Math.max(...world.filesBySeed.keys())).toBeLessThanOrEqual(lastSeed);
    }
  });

  test('that count begin again at 0 after the last one', () => {
    const world = started({ seed: { kind: 'counting', from: lastSeed - 1 } });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect([...world.filesBySeed.keys()].slice(0, 4)).toEqual([lastSeed - 1, lastSeed, 0, 1]);
  });

  test.each([
    ['fixed', { kind: 'fixed', seed: lastSeed + 1 }],
    ['counted', { kind: 'counting', from: 4_294_967_000 }],
  ] as const)('%s beyond it ask for a person before anything is sent', (_, seed) => {
    const world = started({ seed });
    world.runUntil(() => world.state.trouble !== null);
    expect(world.state.trouble).toEqual({ kind: 'rejected', detail: `its largest seed is ${lastSeed}` });
    expect(world.sentCountById.size).toBe(0);
  });
});

test('a lost answer is looked for with the time that the work should have taken', () => {
  const performed: Effect[] = [];
  let count = 0;
  const world = started(
    { goal: null },
    {
      durationMs: () => 500,
      fate: () => (++count === 3 ? { kind: 'lost-after-saving' } : { kind: 'answered' }),
      onEffect: (effect) => performed.push(effect),
    },
  );
  world.runUntil(() => performed.some(({ type }) => type === 'reconcile'));
  const reconcile = performed.find((effect) => effect.type === 'reconcile');
  expect(reconcile?.expectedMs).toBeCloseTo(500, -1);
});
