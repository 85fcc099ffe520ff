import { describe, expect, test } from 'vitest';
import { usualHires } from '../../source/generation/asked.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { WebUi } from '../../source/generation/webui.ts';
import type { Order } from '../../source/plan/order.ts';
import type { Plan } from '../../source/plan/plan.ts';
import { FakeWorld, type Fate, randomFrom, webUi } from './fake-world.ts';

const plan: Plan = {
  checkpoint: 'dream',
  parameters: { ...defaultParameters, prompt: 'a lighthouse', batchSize: 2 },
  seed: { kind: 'counting', from: 0 },
  goal: null,
};

const order: Order = {
  checkpoint: 'other',
  parameters: { ...defaultParameters, prompt: 'a cat', batchSize: 1 },
  seed: 4242,
  variation: null,
  hires: null,
  times: 1,
};

function worldOf(options: { webUi?: WebUi; fate?: (prompt: string) => Fate; goal?: Plan['goal'] } = {}) {
  const { fate } = options;
  const world = new FakeWorld({
    random: randomFrom(3),
    ...(options.webUi === undefined ? {} : { webUi: options.webUi }),
    ...(fate === undefined ? {} : { fate: ({ parameters }) => fate(parameters.prompt) }),
  });
  world.command({ type: 'start', plan: { ...plan, goal: options.goal ?? null } });
  world.runUntil(() => world.noticesOf('image').length > 0);
  return world;
}

const startedIn = (world: FakeWorld) =>
  world.noticesOf('generation-started').map(({ generation }) => generation);

describe('what a person asks for beside the plan', () => {
  test('is made next, in its order, and the plan goes on where it was', () => {
    const world = worldOf();
    const before = startedIn(world).length;
    world.command({ type: 'make', order });
    world.command({ type: 'make', order: { ...order, seed: 4243, hires: usualHires } });
    world.runUntil(() => startedIn(world).length >= before + 4);
    const after = startedIn(world).slice(before);
    const firstOrder = after.findIndex(({ firstSeed }) => firstSeed === 4242);
    expect(firstOrder).toBeLessThanOrEqual(1);
    expect(after.slice(firstOrder, firstOrder + 2)).toMatchObject([
      { checkpoint: 'other.safetensors', firstSeed: 4242, asked: { variation: null, hires: null } },
      { firstSeed: 4243, asked: { hires: usualHires } },
    ]);
    const ofPlan = startedIn(world).filter(({ asked }) => asked === undefined);
    expect(ofPlan.map(({ firstSeed }) => firstSeed)).toEqual(ofPlan.map((_, index) => index * 2));
  });

  test('varies one seed by second seeds of its own, one image each', () => {
    const world = worldOf();
    const varied = {
      ...order,
      parameters: { ...order.parameters, batchSize: 4 },
      variation: { subseed: null, strength: 0.25 },
    };
    world.command({ type: 'make', order: { ...varied, times: 3 } });
    world.runUntil(() => startedIn(world).filter(({ asked }) => asked !== undefined).length === 3);
    const asked = startedIn(world).filter((generation) => generation.asked !== undefined);
    expect(asked.map(({ firstSeed, parameters }) => [firstSeed, parameters.batchSize])).toEqual(
      Array(3).fill([4242, 1]),
    );
    const subseeds = asked.map((generation) => generation.asked?.variation?.subseed);
    expect(new Set(subseeds).size).toBe(3);
    expect(asked[0]?.asked?.variation?.strength).toBe(0.25);
  });

  test('counts towards no goal, and is made before the loop ends', () => {
    const world = worldOf({ goal: { kind: 'images', count: 4 } });
    world.command({
      type: 'make',
      order: { ...order, seed: null, times: 2 },
    });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(world.noticesOf('image')).toHaveLength(6);
  });

  test.each([
    [
      'variations',
      { hasVariations: false },
      { variation: { subseed: null, strength: 0.3 } },
      'it has no variations of a seed',
    ],
    ['a hires fix', { hasHires: false }, { hires: usualHires }, 'it has no hires fix'],
    ['its checkpoint', {}, { checkpoint: 'gone' }, ''],
    ['so large a seed', { limits: { ...webUi.limits, lastSeed: 1000 } }, {}, 'its largest seed is 1000'],
  ])('is not sent to a WebUI without %s, which is said, and the loop goes on', (_, lack, wish, detail) => {
    const world = worldOf({ webUi: { ...webUi, ...lack } });
    world.command({ type: 'make', order: { ...order, ...wish } });
    world.runUntil(() => world.noticesOf('failure').length > 0);
    expect(world.noticesOf('failure')).toMatchObject([{ failure: { detail }, willRetry: false }]);
    const count = world.noticesOf('image').length;
    world.runUntil(() => world.noticesOf('image').length > count + 4);
    expect(startedIn(world).some(({ asked }) => asked !== undefined)).toBe(false);
  });

  test('stops no loop when it fails, and is not replaced', () => {
    const world = worldOf({
      fate: (prompt) =>
        prompt === 'a cat' ? { kind: 'refused', failure: 'rejected' } : { kind: 'answered' },
    });
    world.command({ type: 'make', order });
    world.runUntil(() => world.noticesOf('failure').length === 1);
    const count = world.noticesOf('image').length;
    world.runUntil(() => world.noticesOf('image').length > count + 4);
    expect(world.state.trouble).toBeNull();
    expect(startedIn(world).filter(({ asked }) => asked !== undefined)).toHaveLength(1);
  });

  test('waits through a pause and the death of a runner', () => {
    const world = worldOf();
    world.command({ type: 'pause' });
    world.command({ type: 'make', order });
    world.restartRunner();
    world.command({ type: 'resume' });
    world.runUntil(() => world.filesBySeed.has(4242));
    world.runUntil(() => world.noticesOf('image').some(({ image }) => image.seed === 4242));
    expect(world.sentCountById.size).toBeGreaterThan(1);
  });

  test('is not taken by a loop that has ended', () => {
    const world = worldOf({ goal: { kind: 'images', count: 2 } });
    world.runUntil(() => world.state.ended !== null);
    world.command({ type: 'make', order });
    expect(world.step() && world.filesBySeed.has(4242)).toBe(false);
  });
});
