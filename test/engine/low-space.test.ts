import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { Plan } from '../../source/plan/plan.ts';
import { statusOf } from '../../source/presentation/loop-status.ts';
import { FakeWorld, randomFrom } from './fake-world.ts';

const plan: Plan = {
  checkpoint: 'dream',
  parameters: { ...defaultParameters, prompt: 'a lighthouse', batchSize: 1 },
  seed: { kind: 'counting', from: 100 },
  goal: null,
};

const floorBytes = 2e9;

function started(): FakeWorld {
  const world = new FakeWorld({ random: randomFrom(7) });
  world.command({ type: 'start', plan });
  world.runUntil(() => world.noticesOf('image').length >= 2);
  return world;
}

/** Lets everything end that is under way. */
function drain(world: FakeWorld): void {
  for (let count = 0; count < 500 && world.step(); count++);
}

const kindsOf = (world: FakeWorld) => world.noticesOf('failure').map(({ failure }) => failure.kind);

describe('a floor of free space', () => {
  test('what is in flight ends, then nothing is sent, and this is no pause of a person', () => {
    const world = started();
    world.tellSpace(1.4e9, floorBytes);
    drain(world);
    const sent = world.noticesOf('generation-started').length;
    expect(world.noticesOf('generation-finished')).toHaveLength(sent);
    expect(world.state.intention).toBe('run');
    expect(statusOf(world.state)).toMatchObject({
      kind: 'retrying',
      failure: { kind: 'low-space', freeBytes: 1.4e9, floorBytes },
    });
    expect(kindsOf(world)).toEqual(['low-space']);
  });

  test('it is told once, and the loop goes on by itself a tenth above the floor', () => {
    const world = started();
    for (const freeBytes of [1.4e9, 1.3e9, 2e9, 2.19e9]) world.tellSpace(freeBytes, floorBytes);
    drain(world);
    const imageCount = world.noticesOf('image').length;
    expect(kindsOf(world)).toEqual(['low-space']);
    world.tellSpace(2.2e9, floorBytes);
    expect(world.noticesOf('space-regained')).toHaveLength(1);
    world.runUntil(() => world.noticesOf('image').length >= imageCount + 3);
  });

  test('a person may pause and resume meanwhile: it goes on waiting', () => {
    const world = started();
    world.tellSpace(1e9, floorBytes);
    world.command({ type: 'pause' });
    drain(world);
    expect(statusOf(world.state).kind).toBe('paused');
    world.command({ type: 'resume' });
    drain(world);
    expect(statusOf(world.state).kind).toBe('retrying');
  });

  test('a stop ends it', () => {
    const world = started();
    world.tellSpace(1e9, floorBytes);
    world.command({ type: 'stop', now: false });
    world.runUntil(() => world.state.ended === 'asked');
  });

  test('no floor, and a directory of which nothing is known, hold nothing back', () => {
    for (const [freeBytes, floor] of [
      [0, 0],
      [null, floorBytes],
    ] as const) {
      const world = started();
      world.tellSpace(freeBytes, floor);
      world.runUntil(() => world.noticesOf('image').length >= 10);
    }
  });
});

test('whatever is told, the loop waits only after less than the floor and until a tenth more than it', () => {
  const readings = fc.array(fc.option(fc.nat({ max: 4000 })), { maxLength: 40 });
  fc.assert(
    fc.property(readings, (frees) => {
      const world = new FakeWorld({ random: randomFrom(3) });
      let isWaiting = false;
      for (const free of frees) {
        world.tellSpace(free, 2000);
        if (free === null || free >= 2200) isWaiting = false;
        else if (free < 2000) isWaiting = true;
        expect(world.state.lowSpace !== null).toBe(isWaiting);
      }
      const regained = world.noticesOf('space-regained').length;
      const low = world.noticesOf('failure').length;
      expect(low).toBeGreaterThanOrEqual(regained);
    }),
  );
});
