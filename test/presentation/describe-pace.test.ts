import { expect, test } from 'vitest';
import { describeCrossing } from '../../source/presentation/describe-pace.ts';
import type { Crossing } from '../../source/stats/drift.ts';

const crossing: Crossing = {
  kind: 'slower',
  baselineMsPerImage: 2760,
  msPerImage: 3420,
  baselineGpuIdleShare: 0.001,
  gpuIdleShare: 0.04,
  before: { ramUsed: 12e9, vramUsed: 7.1e9, fileCount: 120 },
  now: { ramUsed: 12.1e9, vramUsed: 9.8e9, fileCount: 12_480 },
  othersBefore: 0,
  othersNow: 0,
};

test('a slower pace is told with what has changed beside it, and without what has not', () => {
  expect(describeCrossing(crossing)).toBe(
    '24 % slower than at first: 3.42 s/image, 2.76 then. Meanwhile VRAM 7.1 GB to 9.8 GB, files 120 to 12 480, GPU idle 0.10 % to 4.0 %.',
  );
});

test('jobs of others that came in between are told', () => {
  const shared = describeCrossing({ ...crossing, othersBefore: 1, othersNow: 14 });
  expect(shared).toMatch(/GPU idle 0\.10 % to 4\.0 %, others' jobs before ours 1 to 14\.$/);
  expect(describeCrossing({ ...crossing, othersBefore: 3, othersNow: 3 })).not.toContain('others');
});

test('nothing is claimed of what is not known', () => {
  const nothing = { ramUsed: null, vramUsed: null, fileCount: null };
  expect(describeCrossing({ ...crossing, before: nothing, now: nothing, gpuIdleShare: 0 })).toBe(
    '24 % slower than at first: 3.42 s/image, 2.76 then.',
  );
});

test('a pace that is back is told too', () => {
  expect(describeCrossing({ ...crossing, kind: 'pace-regained', msPerImage: 2800 })).toBe(
    'The pace is back: 2.80 s/image, 2.76 at first.',
  );
});
