import { describe, expect, test } from 'vitest';
import { chooseSampler, matchSampler, matchScheduler } from '../../source/generation/match-sampler.ts';

const samplers = ['DPM++ 2M', 'DPM++ SDE', 'DPM++ 2M SDE', 'Euler a', 'Euler', 'DDIM'];
const schedulers = ['Automatic', 'Karras', 'SGM Uniform', 'Align Your Steps GITS'];

describe('a sampler', () => {
  test('is found as the WebUI writes it, whatever the case', () => {
    expect(matchSampler(samplers, 'Euler a')).toEqual({ kind: 'found', sampler: 'Euler a' });
    expect(matchSampler(samplers, ' dpm++ 2m sde')).toEqual({ kind: 'found', sampler: 'DPM++ 2M SDE' });
  });

  test('that is unknown brings close names', () => {
    expect(matchSampler(samplers, 'Eular')).toMatchObject({ kind: 'unknown', split: null });
    expect(matchSampler(samplers, 'Eular')).toHaveProperty('suggestions.0', 'Euler');
    expect(matchSampler([], 'Euler')).toEqual({ kind: 'unknown', suggestions: [], split: null });
  });

  test('under its old joined name is split into sampler and scheduler', () => {
    expect(matchSampler(samplers, 'DPM++ 2M SDE Karras', schedulers)).toMatchObject({
      kind: 'unknown',
      split: { sampler: 'DPM++ 2M SDE', scheduler: 'Karras' },
    });
    expect(matchSampler(samplers, 'euler sgm uniform', schedulers)).toMatchObject({
      split: { sampler: 'Euler', scheduler: 'SGM Uniform' },
    });
    expect(matchSampler(samplers, 'DPM++ 2M SDE Karras', schedulers)).toHaveProperty(
      'suggestions.0',
      'DPM++ 2M SDE',
    );
  });

  test('under its joined name is found where the WebUI has it joined', () => {
    expect(matchSampler([...samplers, 'DPM++ 2M Karras'], 'DPM++ 2M Karras', schedulers).kind).toBe('found');
  });
});

describe('a scheduler', () => {
  test('is found by label or wire name', () => {
    for (const asked of ['SGM Uniform', 'sgm_uniform', 'sgm uniform'])
      expect(matchScheduler(schedulers, asked)).toEqual({ kind: 'found', scheduler: 'SGM Uniform' });
    expect(matchScheduler(schedulers, 'align_your_steps_GITS').kind).toBe('found');
  });

  test('that is unknown brings close names', () => {
    expect(matchScheduler(schedulers, 'karas')).toEqual({ kind: 'unknown', suggestions: ['Karras'] });
  });
});

test('the sampler to begin with is the first liked one that is there', () => {
  expect(chooseSampler(samplers)).toBe('DPM++ 2M');
  expect(chooseSampler(['DDIM', 'Euler', 'Euler a'])).toBe('Euler a');
  expect(chooseSampler(['DDIM', 'euler'])).toBe('euler');
  expect(chooseSampler(['DDIM', 'LCM'])).toBe('DDIM');
  expect(chooseSampler([])).toBeNull();
});
