import { expect, test } from 'vitest';
import { parseSince } from '../../source/commands/since.ts';

const now = new Date(2026, 10, 22, 21, 0, 0).getTime();

test.each<[string, number]>([
  ['45m', now - 45 * 60_000],
  ['2h', now - 2 * 3_600_000],
  [' 3d ', now - 3 * 24 * 3_600_000],
  ['2026-11-22', new Date(2026, 10, 22).getTime()],
  ['2026-11-22T20:30', new Date(2026, 10, 22, 20, 30).getTime()],
  ['2026-11-22T20:30:15', new Date(2026, 10, 22, 20, 30, 15).getTime()],
  ['2024-02-29', new Date(2024, 1, 29).getTime()],
])('%j is a time', (text, at) => {
  expect(parseSince(text, now)).toBe(at);
});

test.each([
  '',
  'yesterday',
  '2',
  '2 h',
  '-2h',
  '2w',
  '2026-02-30',
  '2026-13-01',
  '2026-11-22T24:00',
  '2026-11-22 21:00',
])('%j is none', (text) => {
  expect(parseSince(text, now)).toBeNull();
});
