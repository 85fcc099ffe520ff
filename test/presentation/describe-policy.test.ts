import { expect, test } from 'vitest';
import { failuresHelp } from '../../source/commands/help-failures.ts';
import { failurePolicies } from '../../source/engine/failure-policy.ts';
import { describePolicies } from '../../source/presentation/describe-policy.ts';

test('every kind of failure says what is done, when, and what is seen', () => {
  const words = describePolicies();
  expect(words.map(({ kind }) => kind)).toEqual(Object.keys(failurePolicies));
  for (const { what, done, often, seen } of words) {
    expect(what).toMatch(/^[A-Z].{10,}\.$/);
    for (const phrase of [done, often, seen]) expect(phrase).toMatch(/^[a-z].{5,}[^.]$/);
  }
});

test('the help of failures names each kind and fits 80 columns', () => {
  const text = failuresHelp();
  for (const kind of Object.keys(failurePolicies)) expect(text.split('\n')).toContain(kind);
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});
