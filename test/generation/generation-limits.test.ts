import { describe, expect, test } from 'vitest';
import { fitToLimits, sizeMade, widestLimits } from '../../source/generation/generation-limits.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';

const one = { ...widestLimits, batchSize: 1, batchCount: 1, steps: 80, cfgScale: { min: 1, max: 25 } };

describe('parameters within the limits of a WebUI', () => {
  test('are left alone', () => {
    expect(fitToLimits(defaultParameters, widestLimits)).toEqual(defaultParameters);
  });

  test('are as near as they can be to what was asked for', () => {
    const asked = { ...defaultParameters, batchSize: 4, batchCount: 3, steps: 120, cfgScale: 0 };
    expect(fitToLimits(asked, one)).toEqual({
      ...asked,
      batchSize: 1,
      batchCount: 1,
      steps: 80,
      cfgScale: 1,
    });
    expect(fitToLimits({ ...asked, cfgScale: 30 }, one).cfgScale).toBe(25);
  });
});

describe('the size that is made', () => {
  // As the real servers made them: captures 57, 58, 59 of each.
  test.each([
    ['Forge', { multiple: 8, rounding: 'down', longestSide: null }, [69, 84], [64, 80]],
    ['Forge', { multiple: 8, rounding: 'down', longestSide: null }, [100, 72], [96, 72]],
    ['KoboldCpp', { multiple: 64, rounding: 'down', longestSide: 1024 }, [69, 84], [64, 64]],
    ['KoboldCpp', { multiple: 64, rounding: 'down', longestSide: 1024 }, [0, 64], [64, 64]],
    ['KoboldCpp', { multiple: 64, rounding: 'down', longestSide: 1024 }, [2048, 1024], [1024, 512]],
    ['stable-diffusion.cpp', { multiple: 64, rounding: 'up', longestSide: null }, [69, 84], [128, 128]],
    ['stable-diffusion.cpp', { multiple: 64, rounding: 'up', longestSide: null }, [96, 64], [128, 64]],
  ] as const)('%s: %o', (_, rule, [width, height], made) => {
    const size = sizeMade({ width, height }, rule);
    expect([size.width, size.height]).toEqual(made);
  });
});
