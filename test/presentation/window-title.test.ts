import { expect, test } from 'vitest';
import type { RunnerLink } from '../../source/presentation/runner-link.ts';
import { windowTitle } from '../../source/presentation/window-title.ts';
import { exampleNow, exampleSnapshot } from '../ui/monitor/example-snapshot.ts';

const live = { kind: 'live' } as const;

test('the window title carries state and rate, and never a rate of a runner that does not answer', () => {
  const title = (link: RunnerLink) => windowTitle(exampleSnapshot(), link, { isAscii: false });
  expect(title(live)).toBe('● generating 21.4 images/min - sdloop');
  expect(title({ kind: 'lost', at: exampleNow })).toBe('! runner died - sdloop');
  expect(title({ kind: 'ended', at: exampleNow, reason: 'Stopped.' })).toBe('■ stopped - sdloop');
  expect(title({ kind: 'starting' })).toBe('◌ starting - sdloop');
  const paused = exampleSnapshot({ status: { kind: 'paused', since: exampleNow } });
  expect(windowTitle(paused, live, { isAscii: true })).toBe('= paused - sdloop');
});
