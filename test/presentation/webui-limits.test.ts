import { describe, expect, test } from 'vitest';
import { widestLimits } from '../../source/generation/generation-limits.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { WebUi } from '../../source/generation/webui.ts';
import { describeFitting, describeLacks } from '../../source/presentation/webui-limits.ts';
import { webUi } from '../engine/fake-world.ts';

const kobold: WebUi = {
  ...webUi,
  family: 'koboldcpp',
  hasProgress: false,
  livePreviews: { kind: 'none' },
  hasInterrupt: false,
  hasSkip: false,
  limits: {
    ...widestLimits,
    batchSize: 1,
    batchCount: 1,
    steps: 80,
    cfgScale: { min: 1, max: 25 },
    size: { multiple: 64, rounding: 'down', longestSide: 1024 },
  },
};

describe('what a WebUI lacks', () => {
  test('is nothing for a whole one', () => {
    expect(describeLacks(webUi)).toBe('');
  });

  test('is said in one sentence', () => {
    expect(describeLacks({ ...webUi, family: 'sdnext', hasProgress: false })).toBe(
      'SD.Next tells no progress (what is shown is an estimate).',
    );
    const eight = { ...kobold, limits: { ...kobold.limits, batchSize: 8 } };
    expect(describeLacks({ ...eight, family: 'other' })).toBe(
      'This WebUI tells no progress (what is shown is an estimate), cannot be interrupted and makes at most 8 images at a time.',
    );
  });
});

describe('what will be other than asked for', () => {
  test('is not worth a word where a size is rounded by a few pixels', () => {
    expect(describeFitting(defaultParameters, webUi)).toEqual([]);
  });

  test('is said, each in a sentence', () => {
    expect(describeFitting({ ...defaultParameters, steps: 100, cfgScale: 0 }, kobold)).toEqual([
      'KoboldCpp makes one image at a time.',
      'KoboldCpp takes 80 steps at most.',
      'KoboldCpp takes a CFG scale from 1 to 25.',
      'KoboldCpp makes 448x256 of 480x270.',
    ]);
  });
});
