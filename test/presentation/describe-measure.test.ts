import { expect, test } from 'vitest';
import type { Measure } from '../../source/engine/measure.ts';
import { actionOfMeasure, describeMeasure } from '../../source/presentation/describe-measure.ts';

const measures: readonly Measure[] = [
  { kind: 'free-memory' },
  { kind: 'smaller-batch', batchSize: 1 },
  { kind: 'smaller-batch', batchSize: 2 },
  { kind: 'smaller-size', width: 512, height: 768 },
  { kind: 'interrupt' },
  { kind: 'reconnect' },
  { kind: 'next-generation' },
];

test.each(measures)('$kind is told to a person in words, never by its name in the code', (measure) => {
  expect(actionOfMeasure(measure)).toMatch(/^[a-z]/);
  expect(actionOfMeasure(measure)).not.toContain(measure.kind);
  expect(describeMeasure(measure)).toMatch(/^[A-Z].*\.$/);
});

test('a smaller batch says how many are made together', () => {
  expect(actionOfMeasure({ kind: 'smaller-batch', batchSize: 2 })).toBe('made batches of 2 from then on');
  expect(actionOfMeasure({ kind: 'smaller-batch', batchSize: 1 })).toBe(
    'made images one by one from then on',
  );
});
