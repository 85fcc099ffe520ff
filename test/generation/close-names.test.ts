import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeNames } from '../../source/generation/close-names.ts';

const samplers = [
  'DPM++ 2M',
  'DPM++ SDE',
  'DPM++ 2M SDE',
  'Euler a',
  'Euler',
  'LMS',
  'Heun',
  'DDIM',
  'UniPC',
];
const flags = [
  '--url',
  '--model',
  '--prompt',
  '--negative-prompt',
  '--width',
  '--steps',
  '--seed',
  '--batch-size',
];

describe('the closest name', () => {
  test.each([
    ['a missing letter', '--promt', flags, '--prompt'],
    ['swapped letters', '--modle', flags, '--model'],
    ['swapped letters of a short name', 'LSM', samplers, 'LMS'],
    ['another separator', '--batch_size', flags, '--batch-size'],
    ['a beginning', '--neg', flags, '--negative-prompt'],
    ['a middle', 'negative', flags, '--negative-prompt'],
    ['a missing space', 'DPM++2M', samplers, 'DPM++ 2M'],
    ['another case', 'eulr A', samplers, 'Euler a'],
    ['too much at the end', 'DPM++ 2M Karras', samplers, 'DPM++ 2M'],
    [
      'a mistake in a beginning',
      'dreamshapr',
      ['deliberate', 'dreamshaper_8_pruned'],
      'dreamshaper_8_pruned',
    ],
    ['Chinese', '国风', ['国风3', '写实'], '国风3'],
    ['full-width letters', 'Ｅｕｌｅｒ', samplers, 'Euler'],
  ])('survives %s', (_, asked, names, expected) => {
    expect(closeNames(asked, names)[0]).toBe(expected);
  });

  test('comes before the less close ones', () => {
    expect(closeNames('euler', samplers)).toEqual(['Euler', 'Euler a']);
  });
});

test('nothing is suggested when nothing is close', () => {
  expect(closeNames('stable-diffusion', samplers)).toEqual([]);
  expect(closeNames('', samplers)).toEqual([]);
  expect(closeNames('  ', samplers)).toEqual([]);
  expect(closeNames('x', ['anything-v5'])).toEqual([]);
});

test('suggestions are few, different, and taken from the names, whatever was asked', () => {
  const text = fc.uint16Array({ maxLength: 80 }).map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 6 }), (asked, names) => {
      const close = closeNames(asked, [...names, ...names]);
      expect(close.length).toBeLessThanOrEqual(3);
      expect(new Set(close).size).toBe(close.length);
      expect(close.every((name) => names.includes(name))).toBe(true);
    }),
  );
});

test('a mistake in one place of a longer name never hides it', () => {
  const name = fc.stringMatching(/^[a-z]{6,20}$/);
  fc.assert(
    fc.property(name, fc.nat(), (text, at) => {
      const place = at % text.length;
      expect(closeNames(text.slice(0, place) + text.slice(place + 1), [text])).toEqual([text]);
      expect(closeNames(`${text.slice(0, place)}0${text.slice(place)}`, [text])).toEqual([text]);
    }),
  );
});

test('ten thousand names and a pasted page are compared in a moment', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `checkpoint-with-a-long-name-${index}`);
  const before = performance.now();
  closeNames('x'.repeat(100_000), names);
  expect(closeNames('chekpoint-with-a-long-nam', names)).toHaveLength(3);
  expect(performance.now() - before).toBeLessThan(5000);
});
