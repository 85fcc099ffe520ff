import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RateBudget, type RateLimit } from '../../source/webui/rate-budget.ts';

const limit: RateLimit = { points: 300, windowMs: 60_000, costs: { '/sdapi/v1/txt2img': 5 } };

/** The points that a server counts in the window before a moment. */
function spent(answeredAt: readonly number[], at: number, cost: number): number {
  return answeredAt.filter((time) => time > at - limit.windowMs && time <= at).length * cost;
}

test('a request beyond the limit of a minute waits until the oldest one is a minute old', () => {
  const budget = new RateBudget(limit, '/sdapi/v1/txt2img');
  for (let count = 0; count < 59; count++) {
    expect(budget.waitMs(count * 100)).toBe(0);
    budget.answered(count * 100);
  }
  expect(budget.waitMs(5900)).toBe(54_100);
  expect(budget.waitMs(60_000)).toBe(0);
});

test('whatever the times, a server that counts answers never counts more than its limit', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3000), { minLength: 1, maxLength: 300 }), (durations) => {
      const budget = new RateBudget(limit, '/sdapi/v1/txt2img');
      const answeredAt: number[] = [];
      let now = 0;
      for (const durationMs of durations) {
        now += budget.waitMs(now) + durationMs;
        answeredAt.push(now);
        budget.answered(now);
        expect(spent(answeredAt, now, 5)).toBeLessThanOrEqual(limit.points);
      }
    }),
  );
});

test('a path without a price of its own costs one point', () => {
  const budget = new RateBudget({ ...limit, points: 3 }, '/sdapi/v1/progress');
  budget.answered(0);
  expect(budget.waitMs(1)).toBe(0);
  budget.answered(1);
  expect(budget.waitMs(2)).toBe(59_998);
});
