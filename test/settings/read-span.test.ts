import { expect, test } from 'vitest';
import { parsePercent } from '../../source/settings/read-percent.ts';
import { parseSpan } from '../../source/settings/read-span.ts';

test.each([
  ['90s', 90_000],
  ['10m', 600_000],
  ['1h', 3_600_000],
  [' 5 m ', 300_000],
])('%s is %i ms', (text, ms) => expect(parseSpan(text)).toBe(ms));

test.each(['', 'soon', '10', '0m', '-5m', '1.5h', '10 days', '9999999s'])('"%s" is none', (text) =>
  expect(parseSpan(text)).toBe(null),
);

test.each([
  ['90%', 0.9],
  ['90', 0.9],
  [' 85 % ', 0.85],
])('%s is a share of %d', (text, share) => expect(parsePercent(text)).toBe(share));

test.each(['', '0.9', '100%', '9%', '-90%', 'full'])('"%s" is no percentage', (text) =>
  expect(parsePercent(text)).toBe(null),
);
