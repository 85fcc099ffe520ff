import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Progress } from '../../source/generation/webui.ts';
import { createPreviewPace } from '../../source/runner/preview-pace.ts';

type World = {
  readonly everyStepCount: number | null;
  readonly everyMs: number;
  readonly stepMs: number;
  readonly steps: number;
  readonly passCount: number;
  readonly pollMs: number;
  readonly generationCount: number;
};

/** What the server of webui-api.md 5.3 does with polls of one generation after the other. */
function play(world: World) {
  const { stepMs, steps, passCount, pollMs, everyStepCount } = world;
  const pace = createPreviewPace();
  const passMs = stepMs * steps;
  const asked: { readonly at: number; readonly isNew: boolean }[] = [];
  let pass = -1;
  let madeAt = 0;
  let made = 0;
  let shown = 0;
  for (let at = pollMs; at < passMs * passCount * world.generationCount; at += pollMs) {
    const passesDone = Math.floor(at / passMs);
    const generation = Math.floor(passesDone / passCount);
    const step = Math.max(0, Math.floor((at % passMs) / stepMs) - 1);
    if (passesDone !== pass) {
      if (everyStepCount === null && passesDone % passCount > 0) made += 1;
      pass = passesDone;
      madeAt = 0;
    }
    if (everyStepCount !== null && step - madeAt >= everyStepCount) {
      madeAt = step;
      made += 1;
    }
    const hasAsked = pace.isDue({ kind: 'on', ...world }, at);
    if (hasAsked) {
      asked.push({ at, isNew: made > shown });
      shown = made;
    }
    const progress: Progress = {
      isRunning: true,
      step,
      stepCount: steps,
      passNumber: passesDone % passCount,
      passCount,
      jobTimestamp: String(generation),
      isInterrupted: false,
    };
    pace.follow({ kind: 'on', ...world }, progress, at, hasAsked);
  }
  return { asked, madeCount: made };
}

const usual: World = {
  everyStepCount: 10,
  everyMs: 1000,
  stepMs: 130,
  steps: 41,
  passCount: 1,
  pollMs: 1000,
  generationCount: 20,
};

test('each preview is asked for once, and none in vain', () => {
  const { asked, madeCount } = play(usual);
  expect(madeCount).toBeGreaterThanOrEqual(40);
  expect(asked.length).toBeGreaterThan(0.9 * madeCount);
  expect(asked.filter(({ isNew }) => !isNew).length).toBeLessThanOrEqual(2);
});

test('none is asked for where a generation has fewer steps than it takes', () => {
  expect(play({ ...usual, steps: 8 }).asked).toEqual([]);
});

test('those of finished batches are asked for once each', () => {
  const { asked, madeCount } = play({ ...usual, everyStepCount: null, passCount: 4 });
  expect(madeCount).toBeGreaterThan(40);
  expect(asked.length).toBeGreaterThan(0.9 * madeCount);
  expect(asked.every(({ isNew }) => isNew)).toBe(true);
});

test('never more often than the period, and in vain once a pass or preview at most, however fast the steps are', () => {
  fc.assert(
    fc.property(
      fc.record({
        everyStepCount: fc.integer({ min: 1, max: 32 }),
        everyMs: fc.integer({ min: 0, max: 4000 }),
        stepMs: fc.integer({ min: 20, max: 3000 }),
        steps: fc.integer({ min: 1, max: 60 }),
        passCount: fc.integer({ min: 1, max: 4 }),
        pollMs: fc.integer({ min: 500, max: 1500 }),
        generationCount: fc.constant(6),
      }),
      (world) => {
        const { asked, madeCount } = play(world);
        for (const [index, { at }] of asked.entries()) {
          expect(at - (asked[index - 1]?.at ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(
            world.everyMs - 5,
          );
        }
        const inVain = asked.filter(({ isNew }) => !isNew).length;
        expect(inVain).toBeLessThanOrEqual(madeCount + world.passCount * world.generationCount);
      },
    ),
  );
});

test('after one that failed none is asked for, for half a minute', () => {
  const pace = createPreviewPace();
  const period = { kind: 'on', everyStepCount: 1, everyMs: 0 } as const;
  const progress = {
    isRunning: true,
    step: 5,
    stepCount: 20,
    passNumber: 0,
    passCount: 1,
    jobTimestamp: '1',
    isInterrupted: false,
  };
  pace.follow(period, progress, 0, false);
  expect(pace.isDue(period, 1000)).toBe(true);
  pace.rest(1000);
  expect(pace.isDue(period, 30_999)).toBe(false);
  expect(pace.isDue(period, 31_000)).toBe(true);
});

test('nothing is asked for while nothing runs', () => {
  const pace = createPreviewPace();
  const period = { kind: 'on', everyStepCount: 1, everyMs: 0 } as const;
  expect(pace.isDue(period, 0)).toBe(false);
  const idle = {
    isRunning: false,
    step: 19,
    stepCount: 20,
    passNumber: 1,
    passCount: null,
    jobTimestamp: '1',
    isInterrupted: false,
  };
  pace.follow(period, idle, 0, false);
  expect(pace.isDue(period, 1000)).toBe(false);
});
