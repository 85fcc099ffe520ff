import { expect, test } from 'vitest';
import type { LoopStatus } from '../../source/presentation/snapshot.ts';
import { describeStatus } from '../../source/presentation/status-words.ts';

const now = new Date(2026, 10, 22, 14, 3, 21).getTime();
const failure = { kind: 'unreachable', detail: '' } as const;

const cases: [LoopStatus, string, string][] = [
  [{ kind: 'connecting', since: now - 4_000, attemptCount: 2 }, '◌ connecting 4 s', 'o connecting 4 s'],
  [{ kind: 'idle' }, '○ ready', '- ready'],
  [{ kind: 'generating' }, '● generating', '* generating'],
  [{ kind: 'pausing' }, '‖ pausing after this generation', '= pausing after this generation'],
  [{ kind: 'paused', since: now - 60_000 }, '‖ paused since 14:02', '= paused since 14:02'],
  [
    { kind: 'retrying', nextAttemptAt: now + 8_000, attemptCount: 1, failure },
    '↻ retrying in 8 s',
    '@ retrying in 8 s',
  ],
  [
    { kind: 'retrying', nextAttemptAt: now - 1, attemptCount: 1, failure },
    '↻ retrying now',
    '@ retrying now',
  ],
  [
    { kind: 'restarting', since: now - 42_000, reason: failure },
    '↻ restarting the WebUI 42 s',
    '@ restarting the WebUI 42 s',
  ],
  [{ kind: 'stopping' }, '■ stopping after this generation', '# stopping after this generation'],
  [{ kind: 'stopped', reason: 'asked' }, '■ stopped', '# stopped'],
  [{ kind: 'stopped', reason: 'goal-reached' }, '■ stopped goal reached', '# stopped goal reached'],
  [{ kind: 'needs-you', failure }, '! needs you', '! needs you'],
];

test.each(cases)('$kind', (status, unicode, ascii) => {
  const say = (isAscii: boolean) => {
    const { glyph, word, detail } = describeStatus(status, { now, isAscii });
    return `${glyph} ${word} ${detail}`.trim();
  };
  expect(say(false)).toBe(unicode);
  expect(say(true)).toBe(ascii);
});
