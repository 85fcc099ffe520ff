import { expect, test } from 'vitest';
import { formatDuration, formatMinutes, formatSeconds } from '../../source/presentation/durations.ts';

test.each([
  [-5, '0 s'],
  [2_400, '2 s'],
  [59_499, '59 s'],
  [59_500, '1 m 00 s'],
  [725_000, '12 m 05 s'],
  [3_599_600, '1 h 00 m'],
  [22_320_000, '6 h 12 m'],
  [273_600_000, '3 d 04 h'],
])('%d ms is %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('minutes do not change with the seconds', () => {
  expect(formatMinutes(59_999)).toBe('0 m');
  expect(formatMinutes(725_000)).toBe(formatMinutes(779_000));
  expect(formatMinutes(22_379_999)).toBe('6 h 12 m');
});

test('short spans have tenths', () => {
  expect(formatSeconds(2_650)).toBe('2.7 s');
  expect(formatSeconds(99_960)).toBe('1 m 40 s');
});
