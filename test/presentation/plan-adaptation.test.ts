import { expect, test } from 'vitest';
import { describePlanAdaptation } from '../../source/presentation/plan-adaptation.ts';

const asked = { width: 512, height: 512, batchSize: 4, batchCount: 2 };

test.each([
  [{ ...asked, batchSize: 2, batchCount: 4 }, '2 images at once in place of 4: memory was short'],
  [
    { ...asked, batchSize: 1, batchCount: 8, width: 384, height: 384 },
    '1 image at once in place of 4, 384x384 in place of 512x512: memory was short',
  ],
])('what memory does not hold is said in a line', (made, line) => {
  expect(describePlanAdaptation({ asked, made, because: { kind: 'memory' } })).toBe(line);
});

test('a limit of the wire counts the images of a whole request', () => {
  const made = { ...asked, batchSize: 4, batchCount: 1 };
  expect(describePlanAdaptation({ asked, made, because: { kind: 'wire-limit', limitMs: 100_000 } })).toMatch(
    /^4 images at once in place of 8: a proxy cuts requests after /,
  );
});
