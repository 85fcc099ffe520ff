import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeAbsence } from '../../source/presentation/describe-absence.ts';
import type { Absence } from '../../source/presentation/snapshot.ts';
import { nothingNotMade } from '../../source/stats/not-made.ts';

const until = new Date(2026, 10, 22, 20, 15).getTime();
const night: Absence = {
  since: until - 6.2 * 3_600_000,
  until,
  imageCount: 3_248,
  ...nothingNotMade,
  failures: [
    { kind: 'connection-lost', count: 2 },
    { kind: 'out-of-memory', count: 1 },
  ],
  slowestHour: { startAt: new Date(2026, 10, 22, 14, 0).getTime(), imageCount: 380 },
};

const fits = (absence: Absence, width: number) =>
  describeAbsence(absence, { imagesPerMinute: 21.43 }).find(({ length }) => length <= width);

test('all of it, where there is room', () => {
  expect(fits(night, 200)).toBe(
    'since you left 6 h 12 m ago: 3 248 images, 2 connection-lost, 1 out-of-memory; slowest hour 14-15: 380 images; now 21.4 images/min',
  );
});

test('the counts stay longest', () => {
  expect(fits(night, 118)).toContain('3 248 images, 2 connection-lost, 1 out-of-memory; slowest hour');
  expect(fits(night, 80)).toBe(
    'since you left 6 h 12 m ago: 3 248 images, 2 connection-lost, 1 out-of-memory',
  );
  expect(fits(night, 59)).toBe('since you left 6 h 12 m ago: 3 248 images, 3 failures');
  expect(fits({ ...night, failures: [] }, 80)).toBe(
    'since you left 6 h 12 m ago: 3 248 images; slowest hour 14-15: 380 images',
  );
});

test('what was given up or is missing is told beside what was made, in the words of the report', () => {
  expect(fits({ ...night, givenUpCount: 4, replacedCount: 9, missingCount: 1 }, 80)).toBe(
    'since you left 6 h 12 m ago: 3 248 images, 4 given up, 1 missing, 3 failures',
  );
});

test('a quiet time says no more than it has', () => {
  const quiet: Absence = { ...night, imageCount: 0, failures: [], slowestHour: null };
  expect(describeAbsence(quiet, { imagesPerMinute: null })[0]).toBe('since you left 6 h 12 m ago: 0 images');
});

test('the hour before midnight ends at midnight', () => {
  const startAt = new Date(2026, 10, 22, 23, 0).getTime();
  expect(fits({ ...night, slowestHour: { startAt, imageCount: 1 } }, 200)).toContain(
    'slowest hour 23-00: 1 image;',
  );
});

test('whatever happened, the last wording fits into 60 columns and all are ASCII', () => {
  const absence = fc.record({
    since: fc.constant(0),
    until: fc.nat({ max: 1e11 }),
    imageCount: fc.nat({ max: 1e9 }),
    givenUpCount: fc.nat({ max: 1e6 }),
    replacedCount: fc.nat({ max: 1e6 }),
    missingCount: fc.nat({ max: 1e6 }),
    failures: fc.array(
      fc.record({ kind: fc.constantFrom('unreachable', 'nan', 'disk-full'), count: fc.nat() }),
    ),
    slowestHour: fc.option(fc.record({ startAt: fc.nat(), imageCount: fc.nat() })),
  });
  fc.assert(
    fc.property(absence, (each) => {
      const wordings = describeAbsence(each as Absence, { imagesPerMinute: 1e4 });
      expect(wordings.at(-1)?.length).toBeLessThan(60);
      for (const wording of wordings) expect(wording).toMatch(/^since you left [\x20-\x7e]+$/);
    }),
  );
});
