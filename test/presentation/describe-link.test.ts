import { describe, expect, test } from 'vitest';
import { describeState, linkSentences } from '../../source/presentation/describe-link.ts';
import { endedSnapshot } from '../../source/presentation/ended-snapshot.ts';
import type { RunnerLink } from '../../source/presentation/runner-link.ts';
import { exampleSnapshot } from '../ui/monitor/example-snapshot.ts';

const hour = 3_600_000;
const diedAt = new Date(2026, 10, 22, 14, 3, 21).getTime();
const live = { kind: 'live' } as const;
const starting = { kind: 'starting' } as const;
const lost = { kind: 'lost', at: diedAt } as const;
const ended = { kind: 'ended', at: diedAt, reason: 'The loop was stopped.' } as const;
const refused = { kind: 'refused', reason: 'Another version runs.' } as const;

function say(link: RunnerLink, now: number, isAscii = false): string {
  const { glyph, word, detail } = describeState({ kind: 'generating' }, link, {
    now,
    isAscii,
    linkSince: diedAt,
  });
  return `${glyph} ${word} ${detail}`.trim();
}

test.each<[RunnerLink, string]>([
  [live, '● generating'],
  [starting, '◌ starting 3 s'],
  [ended, '■ stopped'],
  [lost, '! runner died as of 14:03:21, just now'],
  [refused, '! no runner'],
])('$kind', (link, words) => {
  expect(say(link, diedAt + 3_000)).toBe(words);
  expect(say(link, diedAt + 3_000, true)).toMatch(/^[\x20-\x7e]+$/);
});

test('what a runner that died left is dated to the minute', () => {
  expect(say(lost, diedAt + 6.2 * hour)).toBe('! runner died as of 14:03:21, 6 h 12 m ago');
  expect(say(lost, diedAt + 6.2 * hour + 9_000)).toBe(say(lost, diedAt + 6.2 * hour));
});

describe('the sentences', () => {
  test('name the key that goes on, in the narrowest line too', () => {
    const sentences = linkSentences(lost, 'watching');
    for (const sentence of sentences) expect(sentence).toMatch(/ r (re)?starts/);
    expect(sentences.some(({ length }) => length < 80)).toBe(true);
    expect(sentences.at(-1)?.length).toBeLessThan(60);
    expect(linkSentences(ended, 'watching')[0]).toBe('The loop was stopped. Enter starts it again.');
    expect(linkSentences(refused, 'watching')).toEqual(['Another version runs.']);
  });

  test('name no key where keys are text', () => {
    expect(linkSentences(lost, 'setting-up')).toEqual([
      'The runner died: what you set up here starts it again.',
    ]);
    expect(linkSentences(ended, 'setting-up')[0]).toBe(
      'The loop was stopped. What you set up here starts it again.',
    );
  });

  test('say nothing while it is live', () => {
    expect(linkSentences(live, 'watching')).toEqual([]);
  });
});

test('nothing of an ended loop is under way, and why it ended by itself is kept', () => {
  const snapshot = exampleSnapshot();
  expect(endedSnapshot(snapshot, live)).toBe(snapshot);
  expect(endedSnapshot(snapshot, lost)).toBe(snapshot);
  expect(endedSnapshot(snapshot, ended)).toMatchObject({
    status: { kind: 'stopped', reason: 'asked' },
    running: null,
    queued: null,
  });
  const reached = exampleSnapshot({ status: { kind: 'stopped', reason: 'goal-reached' } });
  expect(endedSnapshot(reached, ended).status).toEqual({ kind: 'stopped', reason: 'goal-reached' });
});
