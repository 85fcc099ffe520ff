import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  emptyPace,
  expectedDurationMs,
  learnDuration,
  learnRoundTrip,
  quantile,
  roundTripMs,
  shapeKeyOf,
} from '../../source/engine/pace.ts';
import type { Generation } from '../../source/generation/generation.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';

const generation: Generation = { id: 1, checkpoint: 'dream', parameters: defaultParameters, firstSeed: 0 };

describe('the shape of a generation', () => {
  test('is the same for another prompt and seed', () => {
    const other = { ...generation, id: 2, firstSeed: 9, parameters: { ...defaultParameters, prompt: 'fog' } };
    expect(shapeKeyOf(other)).toBe(shapeKeyOf(generation));
  });

  test.each([
    ['size', { width: 512 }],
    ['steps', { steps: 30 }],
    ['sampler', { sampler: 'Euler' }],
    ['batch size', { batchSize: 1 }],
    ['batch count', { batchCount: 2 }],
    ['face restoration', { restoreFaces: false }],
    ['missing guidance', { cfgScale: 1 }],
  ])('differs with the %s', (_, change) => {
    const other = { ...generation, parameters: { ...defaultParameters, ...change } };
    expect(shapeKeyOf(other)).not.toBe(shapeKeyOf(generation));
  });

  test('differs with the checkpoint', () => {
    expect(shapeKeyOf({ ...generation, checkpoint: 'other' })).not.toBe(shapeKeyOf(generation));
  });
});

describe('expected durations', () => {
  test('are unknown until a generation of that shape ended', () => {
    const pace = learnDuration(emptyPace(), 'a', 1000);
    expect(expectedDurationMs(pace, 'b', 0.5)).toBeNull();
    expect(expectedDurationMs(pace, 'a', 0.5)).toBe(1000);
  });

  test('follow a change of pace and forget the old one', () => {
    let pace = emptyPace();
    for (let count = 0; count < 50; count++) pace = learnDuration(pace, 'a', 1000);
    for (let count = 0; count < 20; count++) pace = learnDuration(pace, 'a', 3000);
    expect(expectedDurationMs(pace, 'a', 0)).toBe(3000);
  });

  test('a slow first generation, which loads the checkpoint, leaves the low quantiles alone', () => {
    let pace = learnDuration(emptyPace(), 'a', 60_000);
    for (let count = 0; count < 4; count++) pace = learnDuration(pace, 'a', 1000);
    expect(expectedDurationMs(pace, 'a', 0.5)).toBe(1000);
  });

  test('stay bounded over endless rotation of shapes', () => {
    let pace = emptyPace();
    for (let count = 0; count < 500; count++) pace = learnDuration(pace, `shape ${count}`, count);
    expect(pace.shapes.length).toBeLessThanOrEqual(16);
    expect(expectedDurationMs(pace, 'shape 499', 0.5)).toBe(499);
  });

  test('learn nothing from a clock that jumped', () => {
    for (const ms of [-5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(learnRoundTrip(learnDuration(emptyPace(), 'a', ms), ms)).toEqual(emptyPace());
  });
});

describe('round trips', () => {
  test('are the first one at once, then move slowly', () => {
    const pace = learnRoundTrip(learnRoundTrip(emptyPace(), 60), 160);
    expect(roundTripMs(emptyPace())).toBe(0);
    expect(roundTripMs(pace)).toBe(80);
  });
});

test('a quantile lies within the values, grows with its share and ends at the extremes', () => {
  const values = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 40 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(values, share, share, (list, a, b) => {
      const low = quantile(list, Math.min(a, b)) ?? Number.NaN;
      const high = quantile(list, Math.max(a, b)) ?? Number.NaN;
      expect(low).toBeLessThanOrEqual(high + 1e-6);
      expect(quantile(list, 0)).toBe(Math.min(...list));
      expect(quantile(list, 1)).toBe(Math.max(...list));
    }),
  );
  expect(quantile([], 0.5)).toBeNull();
  expect(quantile([1, 2, 3, 10], 0.5)).toBe(2.5);
});
