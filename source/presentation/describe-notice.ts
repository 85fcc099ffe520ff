import type { Measure } from '../engine/measure.ts';
import type { Notice } from '../engine/notice.ts';
import { formatBytes } from './byte-counts.ts';
import { describeAdjustment } from './describe-adjustment.ts';
import { describeFailure } from './describe-failure.ts';
import { describeLeft } from './describe-left.ts';
import { describeMeasure } from './describe-measure.ts';
import { describeRestart } from './describe-restart.ts';
import { formatDuration } from './durations.ts';
import { familyNames } from './family-names.ts';
import type { Message } from './snapshot.ts';
import { describeLacks } from './webui-limits.ts';

/** The message that a person reads for a notice; null for those that the screen shows by itself (progress, images, ...). */
export function describeNotice(
  notice: Notice,
  { url }: { readonly url: string },
): Pick<Message, 'tone' | 'text'> | null {
  switch (notice.type) {
    case 'connected':
      return describeConnection(notice);
    case 'generation-started':
    case 'progress':
    case 'image':
    case 'activity-changed':
      return null;
    case 'generation-finished':
      return describeFinish(notice);
    case 'failure':
      return describeTrouble(notice, url);
    case 'space-regained':
      return { tone: 'good', text: `There is space again: ${formatBytes(notice.freeBytes)} free.` };
    case 'restarting': {
      const { what } = describeFailure(notice.reason, { url });
      return { tone: 'warning', text: `${what} ${describeRestart(notice.way)}` };
    }
    case 'adjusted':
      return { tone: 'info', text: describeAdjustment(notice.adjustment) };
    case 'paused':
      return { tone: 'info', text: 'Paused: nothing is sent until you resume.' };
    case 'resumed':
      return { tone: 'info', text: 'Resumed.' };
    case 'stopped':
      return describeStop(notice);
  }
}

function describeConnection(notice: Extract<Notice, { type: 'connected' }>) {
  const { webUi, isReconnect, familyBefore } = notice;
  if (familyBefore !== undefined) {
    const change = `Another WebUI answers than before, ${familyNames[webUi.family]} in place of ${familyNames[familyBefore]}.`;
    return { tone: 'warning', text: `${change} ${describeLacks(webUi)}`.trim() } as const;
  }
  if (isReconnect) return { tone: 'good', text: 'The WebUI answers again.' } as const;
  return { tone: 'good', text: ['The WebUI answers.', describeLacks(webUi)].join(' ').trim() } as const;
}

function describeFinish({ generation, outcome }: Extract<Notice, { type: 'generation-finished' }>) {
  switch (outcome) {
    case 'finished':
      return null;
    case 'abandoned':
      return { tone: 'info', text: `#${generation.id} was cut short: its images are not kept.` } as const;
    case 'given-up':
      return { tone: 'bad', text: `#${generation.id} was given up.` } as const;
  }
}

function describeTrouble(notice: Extract<Notice, { type: 'failure' }>, url: string) {
  const { what, todo } = describeFailure(notice.failure, { url, willRetry: notice.willRetry });
  const where = notice.generation === null ? '' : `#${notice.generation.id}: `;
  if (!notice.willRetry) return { tone: 'bad', text: `${where}${what} ${todo}` } as const;
  const when = notice.retryDelayMs === null ? 'by itself' : `in ${formatDuration(notice.retryDelayMs)}`;
  const measure = notice.measure === undefined ? '' : ` ${describeMeasure(notice.measure)}`;
  const again = saysAll(notice.measure) ? '' : ` Tried again ${when}.`;
  return { tone: 'warning', text: `${where}${what}${measure}${again}` } as const;
}

function describeStop({ reason, leftCount = 0 }: Extract<Notice, { type: 'stopped' }>) {
  switch (reason) {
    case 'asked':
      if (leftCount > 0) return { tone: 'warning', text: `Stopped. ${describeLeft(leftCount)}` } as const;
      return { tone: 'info', text: 'Stopped.' } as const;
    case 'goal-reached':
      return { tone: 'good', text: 'Stopped: the goal is reached.' } as const;
    // The failure before it has said why and what to do.
    case 'needs-you':
      return null;
  }
}

/** Whether nothing is tried again behind what is done. */
function saysAll(measure: Measure | undefined): boolean {
  return measure?.kind === 'next-generation' || measure?.kind === 'restart-command';
}
