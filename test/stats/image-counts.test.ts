import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ratesOf, slowestAndFastestHour, stepFor } from '../../source/stats/image-counts.ts';

const minute = 60_000;
const hour = 60 * minute;
const start = 1_800_000_000_000;

const counts = fc.array(
  fc.record({ at: fc.integer({ min: start, max: start + 30 * hour }), imageCount: fc.nat({ max: 500 }) }),
  { maxLength: 100 },
);

describe('rates', () => {
  test('no image is lost from them, and no more steps than asked for cover any span', () => {
    fc.assert(
      fc.property(
        counts,
        fc.integer({ min: 1, max: 30 * hour }),
        fc.integer({ min: 1, max: 80 }),
        (all, spanMs, mostSteps) => {
          const untilAt = start + spanMs;
          const { stepMs, rates } = ratesOf(all, { fromAt: start, untilAt, mostSteps });
          expect(rates.length).toBeLessThanOrEqual(mostSteps);
          expect(rates.length * stepMs).toBeGreaterThanOrEqual(spanMs);
          if (rates.at(-1) === null) return;
          const lastMs = spanMs - (rates.length - 1) * stepMs;
          const total = rates.reduce<number>((sum, rate, index) => {
            const coveredMs = index === rates.length - 1 ? lastMs : stepMs;
            return sum + ((rate ?? 0) * coveredMs) / minute;
          }, 0);
          expect(total).toBeCloseTo(
            all.reduce((sum, { imageCount }) => sum + imageCount, 0),
            3,
          );
        },
      ),
    );
  });

  test('a last step of which less than half has passed says nothing', () => {
    const { rates } = ratesOf([{ at: start, imageCount: 10 }], {
      fromAt: start,
      untilAt: start + 62 * minute,
      mostSteps: 13,
    });
    expect(rates).toEqual([2, ...Array.from({ length: 11 }, () => 0), null]);
  });

  test('steps are such as a person counts with', () => {
    expect(stepFor(8 * hour, 60)).toBe(10 * minute);
    expect(stepFor(0, 60)).toBe(5000);
    expect(stepFor(3 * 365 * 24 * hour, 60) % (168 * hour)).toBe(0);
  });
});

describe('hours', () => {
  test('only whole ones on the clock count, those of a zone that is half an hour off too', () => {
    const fromAt = new Date('2026-11-22T21:10:00Z').getTime();
    const ten = new Date('2026-11-22T22:00:00Z').getTime();
    const all = [
      { at: fromAt, imageCount: 1 },
      { at: ten, imageCount: 300 },
      { at: ten + hour, imageCount: 200 },
      { at: ten + 2 * hour, imageCount: 1 },
    ];
    const untilAt = ten + 2 * hour + minute;
    expect(slowestAndFastestHour(all, { fromAt, untilAt, zoneOffsetMs: 0 })).toEqual({
      slowest: { startAt: ten + hour, imageCount: 200 },
      fastest: { startAt: ten, imageCount: 300 },
    });
    expect(slowestAndFastestHour(all, { fromAt, untilAt, zoneOffsetMs: 5.5 * hour })?.fastest.startAt).toBe(
      ten - hour / 2,
    );
    expect(slowestAndFastestHour(all, { fromAt, untilAt: fromAt + hour, zoneOffsetMs: 0 })).toBeNull();
  });

  test('the slowest never has more than the fastest, and both lie within the span', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 30 * hour }), (all, spanMs) => {
        const untilAt = start + spanMs;
        const found = slowestAndFastestHour(all, { fromAt: start, untilAt, zoneOffsetMs: hour });
        if (found === null) return spanMs < 2 * hour;
        const { slowest, fastest } = found;
        return (
          slowest.imageCount <= fastest.imageCount &&
          slowest.startAt >= start &&
          Math.max(slowest.startAt, fastest.startAt) + hour <= untilAt
        );
      }),
    );
  });
});
