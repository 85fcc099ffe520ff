import fc from 'fast-check';
import { expect, test } from 'vitest';
import { awayMsOf } from '../../source/stats/away-time.ts';

test('an absence lasts from its first sign to the first that the WebUI is there', () => {
  expect(awayMsOf({ awayAt: [100, 200, 700], thereAt: [50, 400, 450, 1000], untilAt: 2000 })).toBe(600);
});

test('one that has not ended lasts until the last sign of life', () => {
  expect(awayMsOf({ awayAt: [100], thereAt: [], untilAt: 2000 })).toBe(1900);
  expect(awayMsOf({ awayAt: [], thereAt: [100], untilAt: 2000 })).toBe(0);
});

test('it is never longer than the run', () => {
  const times = fc.array(fc.nat(1000));
  fc.assert(
    fc.property(times, times, (awayAt, thereAt) => {
      const awayMs = awayMsOf({ awayAt, thereAt, untilAt: 1000 });
      expect(awayMs).toBeGreaterThanOrEqual(0);
      expect(awayMs).toBeLessThanOrEqual(1000);
    }),
  );
});
