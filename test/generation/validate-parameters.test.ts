import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultParameters, parameterLimits } from '../../source/generation/parameters.ts';
import { maxSeed } from '../../source/generation/seed.ts';
import { checkParameters, maxPromptLength } from '../../source/generation/validate-parameters.ts';

test('the defaults are fine, and so is every value within the limits', () => {
  expect(checkParameters(defaultParameters)).toEqual([]);
  const within = fc.record({
    width: fc.integer(parameterLimits.width),
    height: fc.integer(parameterLimits.height),
    steps: fc.integer(parameterLimits.steps),
    cfgScale: fc.double({ ...parameterLimits.cfgScale, noNaN: true }),
    batchSize: fc.integer(parameterLimits.batchSize),
    batchCount: fc.integer(parameterLimits.batchCount),
  });
  fc.assert(
    fc.property(within, (values) => {
      expect(checkParameters({ ...defaultParameters, ...values })).toEqual([]);
    }),
  );
});

describe('a number outside', () => {
  test.each([
    [{ width: 63 }, 'width', 'Width must be a whole number from 64 to 4096.'],
    [{ height: 4097 }, 'height', 'Height must be a whole number from 64 to 4096.'],
    [{ steps: 2.5 }, 'steps', 'Steps must be a whole number from 1 to 150.'],
    [{ cfgScale: Number.NaN }, 'cfgScale', 'CFG scale must be a number from 0 to 30.'],
    [{ batchSize: 0 }, 'batchSize', 'Batch size must be a whole number from 1 to 64.'],
    [
      { batchCount: Number.POSITIVE_INFINITY },
      'batchCount',
      'Batch count must be a whole number from 1 to 100.',
    ],
  ])('%o is told with its range', (change, field, message) => {
    expect(checkParameters({ ...defaultParameters, ...change })).toEqual([{ field, message }]);
  });
});

test('every wrong field is told at once', () => {
  const problems = checkParameters({ ...defaultParameters, width: 1, steps: 0, cfgScale: 31 });
  expect(problems.map(({ field }) => field)).toEqual(['width', 'steps', 'cfgScale']);
});

describe('a seed', () => {
  const last = maxSeed - defaultParameters.batchSize + 1;

  test('must leave room for every image of a generation', () => {
    for (const kind of ['fixed', 'counting'] as const) {
      const choose = (seed: number) => (kind === 'fixed' ? { kind, seed } : { kind, from: seed });
      expect(checkParameters(defaultParameters, choose(last))).toEqual([]);
      expect(checkParameters(defaultParameters, choose(last + 1))).toEqual([
        {
          field: 'seed',
          message:
            'The seed must be a whole number from 0 to 4294967292, so that every image of a generation has one.',
        },
      ]);
      expect(checkParameters(defaultParameters, choose(-1))).toHaveLength(1);
      expect(checkParameters(defaultParameters, choose(0.5))).toHaveLength(1);
    }
  });

  test('that is random always fits', () => {
    expect(checkParameters(defaultParameters, { kind: 'random' })).toEqual([]);
  });
});

describe('a prompt', () => {
  test('in any script and over many lines is fine', () => {
    expect(checkParameters({ ...defaultParameters, prompt: '一只猫 👩‍🚀\nمرحبا' })).toEqual([]);
  });

  test('as long as a book is refused, with both numbers', () => {
    const text = 'x'.repeat(maxPromptLength + 1);
    expect(checkParameters({ ...defaultParameters, negativePrompt: text })).toEqual([
      {
        field: 'negativePrompt',
        message: 'The negative prompt has 20001 characters; at most 20000 are allowed.',
      },
    ]);
  });

  test('with half a character is refused', () => {
    expect(checkParameters({ ...defaultParameters, prompt: 'a\ud83d' })).toEqual([
      { field: 'prompt', message: 'The prompt holds a broken character; type it again.' },
    ]);
  });
});
