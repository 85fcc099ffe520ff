import { expect, test } from 'vitest';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { ask, openLedgerInTest } from '../ledger/ledger-in-test.ts';
import { loopInTest } from './loop-in-test.ts';

test('a loop that grows slower says so once, shows it, and keeps it', async () => {
  const directory = tempDirectoryInTest();
  const ledger = openLedgerInTest(directory);
  const loop = await loopInTest({ ledger, faults: ['slow@33x*:1.06'], durationMs: 40 });
  loop.start();
  await loop.until(() => loop.runner.getSnapshot().slowdown !== null, 40_000);
  const warnings = loop.runner
    .getSnapshot()
    .messages.filter(({ text }) => text.includes('slower than at first'));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]?.tone).toBe('warning');
  expect(ask(directory, "SELECT kind, action FROM incidents WHERE kind = 'slower'")).toEqual([
    { kind: 'slower', action: 'warned' },
  ]);
});
