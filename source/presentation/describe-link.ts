import { formatClock } from './clock-time.ts';
import { formatDuration, formatMinutes } from './durations.ts';
import { endedStatus } from './ended-snapshot.ts';
import type { RunnerLink } from './runner-link.ts';
import type { LoopStatus } from './snapshot.ts';
import { describeStatus, type StatusWords } from './status-words.ts';

const minute = 60_000;

/** The glyph and words for what is known of the loop: those of its status while its runner answers, and those of the link while not. */
export function describeState(
  status: LoopStatus,
  link: RunnerLink,
  look: {
    readonly now: number;
    readonly isAscii: boolean;
    /** When the link became what it is, ms since epoch. */
    readonly linkSince: number;
  },
): StatusWords {
  const { now, isAscii, linkSince } = look;
  switch (link.kind) {
    case 'starting':
      return {
        glyph: isAscii ? 'o' : '◌',
        word: 'starting',
        detail: formatDuration(now - linkSince),
        tone: 'warning',
      };
    case 'live':
      return describeStatus(status, look);
    case 'ended':
      return describeStatus(endedStatus(status), look);
    case 'lost':
      return { glyph: '!', word: 'runner died', detail: `as of ${formatMoment(link.at, now)}`, tone: 'bad' };
    case 'refused':
      return { glyph: '!', word: 'no runner', detail: '', tone: 'bad' };
  }
}

/** A moment with its age: `14:03:21, 6 h 12 m ago`; changes once a minute. */
export function formatMoment(at: number, now: number): string {
  const age = now - at < minute ? 'just now' : `${formatMinutes(now - at)} ago`;
  return `${formatClock(at)}, ${age}`;
}

/**
 * What is said of a link that is not live, and what goes on: a key, or what is being set up. The fullest wording comes first,
 * uncleaned; none while it is live.
 */
export function linkSentences(link: RunnerLink, where: 'watching' | 'setting-up'): readonly string[] {
  const isWatching = where === 'watching';
  switch (link.kind) {
    case 'starting':
      return ['The runner is being started.'];
    case 'live':
      return [];
    case 'ended':
      return [
        `${link.reason} ${isWatching ? 'Enter' : 'What you set up here'} starts it again.`,
        link.reason,
      ];
    case 'lost':
      if (!isWatching) return ['The runner died: what you set up here starts it again.'];
      return [
        'The runner ended without a word. r starts it again; what was in flight is looked for before anything is sent.',
        'The runner died. r starts it again: first it looks for what was in flight.',
        'The runner died. r restarts it and looks for lost images.',
      ];
    case 'refused':
      return [link.reason];
  }
}
