import { describe, expect, test } from 'vitest';
import type { Effect } from '../../source/engine/effect.ts';
import { usualPolicy } from '../../source/engine/loop-policy.ts';
import { type Generation, seedsOf } from '../../source/generation/generation.ts';
import { widestLimits } from '../../source/generation/generation-limits.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { Plan } from '../../source/plan/plan.ts';
import { FakeWorld, type Fate, randomFrom, type WorldOptions, webUi } from './fake-world.ts';

const plan: Plan = {
  checkpoint: 'dream',
  parameters: { ...defaultParameters, prompt: 'a lighthouse', batchSize: 4, width: 512, height: 512 },
  seed: { kind: 'counting', from: 100 },
  goal: { kind: 'images', count: 12 },
};

const shortage: Fate = { kind: 'refused', failure: 'out-of-memory' };

/** A WebUI whose memory holds so many pixels at once. */
function holding(pixels: number): (generation: Generation) => Fate {
  return ({ parameters: { width, height, batchSize } }) =>
    width * height * batchSize > pixels ? shortage : { kind: 'answered' };
}

function started(options: Partial<WorldOptions>, changes: Partial<Plan> = {}) {
  const sent: Generation[] = [];
  const world = new FakeWorld({
    random: randomFrom(3),
    onEffect: (effect: Effect) => {
      if (effect.type === 'generate') sent.push(effect.generation);
    },
    ...options,
  });
  world.command({ type: 'start', plan: { ...plan, ...changes } });
  return { world, sent };
}

const seedsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => first + index);

function measures(world: FakeWorld) {
  return world.noticesOf('failure').map(({ measure }) => measure?.kind);
}

describe('out of memory', () => {
  test('once: the memory is freed and the same generation is sent again', () => {
    let left = 1;
    const { world, sent } = started({ fate: () => (left-- > 0 ? shortage : { kind: 'answered' }) });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(world.freedCount).toBe(1);
    expect(measures(world)).toEqual(['free-memory']);
    expect(sent[1]).toEqual(sent[0]);
    expect([...world.filesBySeed.keys()]).toEqual(seedsFrom(100, 12));
  });

  test('again: batches are halved and more of them made, so that the seeds stay the same', () => {
    const { world, sent } = started({ fate: holding(512 * 512) });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(measures(world)).toEqual(['free-memory', 'smaller-batch', 'smaller-batch']);
    const shapes = sent.map(({ parameters: { batchSize, batchCount } }) => `${batchSize}x${batchCount}`);
    expect(shapes).toEqual(['4x1', '4x1', '2x2', '1x4', '1x4', '1x4']);
    expect(world.noticesOf('image').map(({ image }) => image.seed)).toEqual(seedsFrom(100, 12));
    expect(world.noticesOf('generation-finished').every(({ outcome }) => outcome === 'finished')).toBe(true);
  });

  test('on a family without a way to free its memory nothing of the kind is tried', () => {
    const { world } = started({ fate: holding(2 * 512 * 512), webUi: { ...webUi, canFreeMemory: false } });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(world.freedCount).toBe(0);
    expect(measures(world)).toEqual(['smaller-batch']);
  });

  test('where one call makes one batch, what does not fit is sent for in further calls of the same generation', () => {
    const limits = { ...widestLimits, batchSize: 8, batchCount: 1 };
    const { world, sent } = started({
      fate: holding(2 * 512 * 512),
      webUi: { ...webUi, canFreeMemory: false, limits },
    });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(sent.every(({ parameters: { batchCount } }) => batchCount === 1)).toBe(true);
    expect(
      world
        .noticesOf('image')
        .map(({ image }) => image.seed)
        .toSorted(),
    ).toEqual(seedsFrom(100, 12));
    const [first] = world.noticesOf('generation-finished').filter(({ generation }) => generation.id === 1);
    expect(first).toMatchObject({ outcome: 'finished', imageCount: 4 });
  });

  test('with a single image: the generation is given up, unless images may become smaller', () => {
    const { world } = started({ fate: holding(400 * 400) });
    world.runUntil(() => world.state.rest?.kind === 'needs-you');
    expect(world.state.trouble?.kind).toBe('out-of-memory');
    const outcomes = world.noticesOf('generation-finished').map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['given-up', 'given-up', 'given-up']);

    const smaller = started({ fate: holding(400 * 400), policy: { ...usualPolicy, mayShrinkSize: true } });
    smaller.world.runUntil(() => smaller.world.state.ended === 'goal-reached');
    expect(smaller.sent.at(-1)?.parameters).toMatchObject({ width: 384, height: 384, batchSize: 1 });
    expect([...smaller.world.filesBySeed.keys()].toSorted()).toEqual(seedsFrom(100, 12));
  });

  test('is climbed back from after twenty good generations, and a failed climb waits twice as long', () => {
    const { world, sent } = started({ fate: holding(2 * 512 * 512) }, { goal: null });
    const climbs = () => sent.filter(({ parameters }) => parameters.batchSize === 4).length;
    world.runUntil(() => sent.length > 3);
    const learnt = climbs();
    world.runUntil(() => climbs() > learnt);
    const firstClimb = world.noticesOf('image').length;
    expect(firstClimb / 4).toBeGreaterThanOrEqual(19);
    expect(firstClimb / 4).toBeLessThanOrEqual(23);
    const after = climbs();
    world.runUntil(() => climbs() > after + 1);
    const second = world.noticesOf('image').length - firstClimb;
    expect(second / 4).toBeGreaterThanOrEqual(39);
    expect(world.freedCount).toBe(1);
    expect(world.noticesOf('adjusted').length).toBeGreaterThanOrEqual(2);
  });

  test('that passes is forgotten once the shape was as planned for twenty generations', () => {
    let isTight = true;
    const { world } = started(
      { fate: (generation) => (isTight ? holding(512 * 512)(generation) : { kind: 'answered' }) },
      { goal: null },
    );
    world.runUntil(() => world.noticesOf('image').length > 0);
    isTight = false;
    expect(world.state.adaptations).toHaveLength(1);
    world.runUntil(() => world.state.adaptations.length === 0);
    const sizes = new Set(world.noticesOf('image').map(({ generation }) => generation.parameters.batchSize));
    expect([...sizes]).toEqual([4, 1, 2]);
  });

  test('need not run out again for a runner that takes the place of one that died, which climbs back later all the same', () => {
    const { world, sent } = started({ fate: holding(2 * 512 * 512) }, { goal: null });
    world.runUntil(() => world.noticesOf('image').length > 8);
    const shortages = world.noticesOf('failure').length;
    const [known] = world.state.adaptations;
    world.restartRunner();
    expect(world.state.adaptations).toEqual([known]);
    const before = sent.length;
    world.runUntil(() => world.noticesOf('image').length > 30);
    expect(world.noticesOf('failure')).toHaveLength(shortages);
    expect(sent.slice(before).every(({ parameters }) => parameters.batchSize === 2)).toBe(true);
    world.runUntil(() => sent.slice(before).some(({ parameters }) => parameters.batchSize === 4));
  });

  test('is learnt for one checkpoint and size only', () => {
    const { world, sent } = started({ fate: holding(512 * 512) }, { goal: null });
    world.runUntil(() => world.noticesOf('image').length > 4);
    const before = sent.length;
    world.command({ type: 'change-plan', plan: { ...plan, checkpoint: 'other', goal: null } });
    world.runUntil(() => sent.slice(before).some(({ checkpoint }) => checkpoint.startsWith('other')));
    const other = sent.slice(before).find(({ checkpoint }) => checkpoint.startsWith('other'));
    expect(other?.parameters.batchSize).toBe(4);
  });
});

test('over 600 walks with memory that comes and goes, goals are exact and each seed is made once', () => {
  for (let walk = 0; walk < 600; walk++) {
    const random = randomFrom(walk);
    const count = 1 + Math.floor(random() * 20);
    const batchSize = 1 + Math.floor(random() * 7);
    const batchCount = 1 + Math.floor(random() * 3);
    let faults = 12;
    const world = new FakeWorld({
      random,
      policy: { ...usualPolicy, mayShrinkSize: random() < 0.5 },
      webUi: {
        ...webUi,
        canFreeMemory: random() < 0.5,
        limits: random() < 0.5 ? widestLimits : { ...widestLimits, batchSize: 8, batchCount: 1 },
      },
      fate: ({ parameters }) => {
        if (faults === 0 || random() < 0.5) return { kind: 'answered' };
        faults--;
        if (random() < 0.2) return { kind: 'lost-in-between', savedCount: Math.floor(random() * 4) };
        return parameters.batchSize > 1 || random() < 0.1 ? shortage : { kind: 'answered' };
      },
    });
    const parameters = { ...plan.parameters, batchSize, batchCount };
    world.command({ type: 'start', plan: { ...plan, parameters, goal: { kind: 'images', count } } });
    world.runUntil(() => {
      if (world.state.rest?.kind === 'needs-you') world.command({ type: 'resume' });
      return world.state.ended === 'goal-reached';
    });
    expect(world.noticesOf('image').length, `walk ${walk}`).toBe(count);
    expect(world.maxOutstanding).toBeLessThanOrEqual(2);
    const files = [...world.filesBySeed.values()];
    expect(
      files.every((each) => each.length === 1),
      `walk ${walk}: each seed once`,
    ).toBe(true);
    const started = world.noticesOf('generation-started').map(({ generation }) => seedsOf(generation)[0]);
    expect(world.noticesOf('generation-finished').length).toBe(started.length);
  }
});
