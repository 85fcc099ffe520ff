import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Notice } from '../../source/engine/notice.ts';
import { emptyStats, foldNotice } from '../../source/stats/stats.ts';
import { throughputOf } from '../../source/stats/throughput.ts';
import { activity, finished, foldAll, generationOf, series, start, step } from './notices.ts';

const id = fc.integer({ min: 1, max: 5 });
const ms = fc.integer({ min: 0, max: 100_000 });

/** Any order of notices, at any times: clocks are set back, laptops sleep. */
const anyTime = fc.integer({ min: -1_000_000, max: 10_000_000 });
const anyNotice: fc.Arbitrary<Notice> = fc.oneof(
  fc.tuple(anyTime, fc.boolean()).map(([at, isActive]) => activity(at, isActive)),
  fc
    .tuple(anyTime, id, fc.integer({ min: -1, max: 25 }), fc.nat(2))
    .map(([at, generation, number, pass]) => step(at, generationOf(generation), number, pass)),
  fc
    .record({
      at: anyTime,
      generation: id,
      durationMs: fc.integer({ min: -100, max: 100_000 }),
      gpuIdleMs: fc.integer({ min: -100, max: 100_000 }),
      imageCount: fc.nat(4),
      outcome: fc.constantFrom('finished', 'abandoned', 'given-up'),
    })
    .map(({ at, generation, ...rest }) => finished(at, generationOf(generation), rest)),
);
const anyNotices = fc.array(anyNotice, { maxLength: 80 });

test('no figure is ever negative, not a number or endless, and the history is bounded', () => {
  fc.assert(
    fc.property(anyNotices, anyTime, (notices, at) => {
      const { history, ...figures } = throughputOf(foldAll(notices), start + at);
      for (const value of [...Object.values(figures), ...history])
        expect(value === null || (Number.isFinite(value) && value >= 0)).toBe(true);
      expect(figures.gpuIdleShare ?? 0).toBeLessThanOrEqual(1);
      expect(history.length).toBeLessThanOrEqual(120);
    }),
  );
});

test('the same notices give the same figures, and reading them changes nothing', () => {
  fc.assert(
    fc.property(anyNotices, anyTime, (notices, at) => {
      const stats = foldAll(notices);
      const frozen = structuredClone(stats);
      const first = throughputOf(stats, start + at);
      expect(throughputOf(stats, start + at)).toEqual(first);
      expect(stats).toEqual(frozen);
      expect(foldAll(notices)).toEqual(stats);
    }),
  );
});

test('rates lie between those of the slowest and the fastest generation', () => {
  const span = fc.record({ durationMs: fc.integer({ min: 1, max: 50_000 }), gpuIdleMs: ms });
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 20 }), (spans) => {
      let at = 0;
      const notices = spans.map((one, index) => {
        at += one.durationMs + one.gpuIdleMs;
        return finished(at, generationOf(index + 1), one);
      });
      const rates = spans.map((one) => (4 * 60_000) / (one.durationMs + one.gpuIdleMs));
      const rate = throughputOf(foldAll([activity(0, true), ...notices]), start + at).imagesPerMinute ?? -1;
      expect(rate).toBeGreaterThanOrEqual(Math.min(...rates) * 0.999999);
      expect(rate).toBeLessThanOrEqual(Math.max(...rates) * 1.000001);
    }),
  );
});

test('active time is the time between activity on and off, whatever else happens', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(ms, ms, ms), { maxLength: 20 }), (cycles) => {
      let at = 0;
      let activeMs = 0;
      const notices: Notice[] = [];
      for (const [restMs, workMs, laterMs] of cycles) {
        at += restMs;
        notices.push(activity(at, true), activity(at, true));
        at += workMs;
        activeMs += workMs;
        notices.push(finished(at, generationOf(1)), activity(at, false), activity(at, false));
        at += laterMs;
        notices.push(step(at, generationOf(2), 3));
      }
      expect(throughputOf(foldAll(notices), start + at + 5000).activeMs).toBe(activeMs);
    }),
  );
});

test('a clock set back by an hour takes no active time away and stops neither rates nor history', () => {
  const hour = 3_600_000;
  const stats = foldAll([activity(0, true), ...series(0, 30, 2000), ...series(60_000 - hour, 30, 2000, 31)]);
  const figures = throughputOf(stats, start + 120_000 - hour);
  expect(figures.activeMs).toBeGreaterThanOrEqual(118_000);
  expect(figures.activeMs).toBeLessThanOrEqual(120_000);
  expect(figures.imagesPerMinute).toBe(120);
  expect(figures.history.at(-1)).toBeCloseTo(120);
});

test('a long run takes no more room than a short one', () => {
  let stats = foldNotice(emptyStats(start), activity(0, true));
  let sizeBefore = 0;
  for (const [index, notice] of series(0, 6000, 2000).entries()) {
    stats = foldNotice(stats, notice);
    if (index === 2999) sizeBefore = JSON.stringify(stats).length;
  }
  expect(JSON.stringify(stats).length).toBeLessThan(sizeBefore * 1.05);
});
