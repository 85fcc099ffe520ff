import { formatHourMinute } from './clock-time.ts';
import { formatDuration } from './durations.ts';
import type { LoopStatus } from './snapshot.ts';

/** How a state is said everywhere: one glyph, one word, and what belongs to it (may be empty). */
export type StatusWords = {
  readonly glyph: string;
  readonly word: string;
  readonly detail: string;
  readonly tone: 'accent' | 'quiet' | 'warning' | 'bad';
};

type Look = { readonly glyph: string; readonly ascii: string; readonly tone: StatusWords['tone'] };

const looks: Readonly<Record<LoopStatus['kind'], Look>> = {
  connecting: { glyph: '◌', ascii: 'o', tone: 'warning' },
  idle: { glyph: '○', ascii: '-', tone: 'quiet' },
  generating: { glyph: '●', ascii: '*', tone: 'accent' },
  pausing: { glyph: '‖', ascii: '=', tone: 'warning' },
  paused: { glyph: '‖', ascii: '=', tone: 'warning' },
  retrying: { glyph: '↻', ascii: '@', tone: 'warning' },
  restarting: { glyph: '↻', ascii: '@', tone: 'warning' },
  stopping: { glyph: '■', ascii: '#', tone: 'warning' },
  stopped: { glyph: '■', ascii: '#', tone: 'quiet' },
  'needs-you': { glyph: '!', ascii: '!', tone: 'bad' },
};

/** The glyph and words for a state. Only `connecting`, `retrying` and `restarting` change as time passes. */
export function describeStatus(
  status: LoopStatus,
  { now, isAscii }: { readonly now: number; readonly isAscii: boolean },
): StatusWords {
  const { glyph, ascii, tone } = looks[status.kind];
  return { glyph: isAscii ? ascii : glyph, tone, ...wordsOf(status, now) };
}

function wordsOf(status: LoopStatus, now: number): Pick<StatusWords, 'word' | 'detail'> {
  switch (status.kind) {
    case 'connecting':
      return { word: 'connecting', detail: formatDuration(now - status.since) };
    case 'idle':
      return { word: 'ready', detail: '' };
    case 'generating':
      return { word: 'generating', detail: '' };
    case 'pausing':
      return { word: 'pausing', detail: 'after this generation' };
    case 'paused':
      return { word: 'paused', detail: `since ${formatHourMinute(status.since)}` };
    case 'retrying': {
      const waitMs = status.nextAttemptAt - now;
      return { word: 'retrying', detail: waitMs > 500 ? `in ${formatDuration(waitMs)}` : 'now' };
    }
    case 'restarting':
      return { word: 'restarting', detail: `the WebUI ${formatDuration(now - status.since)}` };
    case 'stopping':
      return { word: 'stopping', detail: 'after this generation' };
    case 'stopped':
      return { word: 'stopped', detail: status.reason === 'goal-reached' ? 'goal reached' : '' };
    case 'needs-you':
      return { word: 'needs you', detail: '' };
  }
}
