import { expect, test } from 'vitest';
import { leavingWords } from '../../source/presentation/leaving-words.ts';
import type { LoopStatus } from '../../source/presentation/snapshot.ts';
import { examplePlan } from '../ui/example-webui.ts';
import { exampleNow, exampleSnapshot } from '../ui/monitor/example-snapshot.ts';

const live = { kind: 'live' } as const;
const failure = { kind: 'out-of-memory', detail: '' } as const;
const back = '`sdloop` comes back to it, `sdloop stop` ends it.';

const call = (command: string | null) => (command === null ? 'sdloop' : `sdloop ${command}`);

const words = (status: LoopStatus, plan: typeof examplePlan | null = examplePlan) =>
  leavingWords(exampleSnapshot({ status, plan }), live, call);

test.each<[LoopStatus, string]>([
  [{ kind: 'generating' }, `The loop goes on: generating, 3 248 images so far. ${back}`],
  [
    { kind: 'retrying', nextAttemptAt: 0, attemptCount: 1, failure },
    `The loop goes on: retrying, 3 248 images so far. ${back}`,
  ],
  [{ kind: 'pausing' }, `Pausing after this generation, 3 248 images so far. ${back}`],
  [{ kind: 'paused', since: 0 }, `Paused, 3 248 images so far. ${back}`],
  [{ kind: 'stopping' }, 'Stopping after this generation, 3 248 images so far. `sdloop` starts it again.'],
  [{ kind: 'stopped', reason: 'asked' }, 'Stopped: 3 248 images in 3 h 12 m. `sdloop` starts it again.'],
  [
    { kind: 'stopped', reason: 'goal-reached' },
    'The goal is reached: 3 248 images in 3 h 12 m. `sdloop` starts it again.',
  ],
  [
    { kind: 'needs-you', failure },
    `The loop waits for you, 3 248 images so far. The GPU ran out of memory. ${back}`,
  ],
])('$kind', (status, text) => {
  expect(words(status)).toBe(text);
});

test('nothing planned is nothing to speak of', () => {
  expect(words({ kind: 'idle' }, null)).toBe('');
  expect(leavingWords(exampleSnapshot({ plan: null }), { kind: 'starting' }, call)).toBe('');
});

test('another profile is named wherever a command is', () => {
  expect(
    leavingWords(exampleSnapshot({ plan: examplePlan }), live, (command) =>
      ['sdloop', command, '--profile night'].filter(Boolean).join(' '),
    ),
  ).toMatch(/`sdloop --profile night` comes back to it, `sdloop stop --profile night` ends it\.$/);
});

test('a runner that is gone is said, with what brings it back', () => {
  const snapshot = exampleSnapshot({ plan: examplePlan });
  expect(leavingWords(snapshot, { kind: 'lost', at: exampleNow }, call)).toBe(
    'The runner died at 14:03:21, 3 248 images so far. `sdloop` starts it again, and first looks for what was in flight.',
  );
  const reason = 'The loop was stopped.\u001b[2J';
  expect(leavingWords(snapshot, { kind: 'ended', at: exampleNow, reason }, call)).toBe(
    'The loop was stopped.[2J 3 248 images in 3 h 12 m. `sdloop` starts it again.',
  );
  expect(leavingWords(snapshot, { kind: 'refused', reason: 'Another version runs.' }, call)).toBe(
    'Another version runs.',
  );
});
