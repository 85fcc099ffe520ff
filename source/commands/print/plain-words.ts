import type { Notice } from '../../engine/notice.ts';
import { formatBytes } from '../../presentation/byte-counts.ts';
import { cleanText } from '../../presentation/clean-text.ts';
import { describeAdjustment } from '../../presentation/describe-adjustment.ts';
import { type CallOf, describeFailure } from '../../presentation/describe-failure.ts';
import { describeLeft } from '../../presentation/describe-left.ts';
import { describeMeasure } from '../../presentation/describe-measure.ts';
import { describeRestart } from '../../presentation/describe-restart.ts';
import { formatDuration, formatSeconds } from '../../presentation/durations.ts';
import { shownUrl } from '../../presentation/shown-url.ts';
import { whatItLacks } from '../../presentation/webui-limits.ts';
import { failureSentences } from './notice-event.ts';

/** What a person's line says about a notice, clean; null where the plain output says nothing: it has one line an image. */
export function plainWords(notice: Notice, url: string, call?: CallOf): string | null {
  switch (notice.type) {
    case 'connected': {
      const { webUi, isReconnect } = notice;
      const version = webUi.version === null ? '' : ` ${cleanText(webUi.version)}`;
      const start = isReconnect ? 'connected again to' : 'connected to';
      const lacks = whatItLacks(webUi).map((lack) => `; ${lack}`);
      return `${start} ${shownUrl(webUi.url)}, ${webUi.family}${version}, ${count(webUi.checkpoints.length, 'model')}${lacks.join('')}`;
    }
    case 'image': {
      const { image, generation } = notice;
      const size = `${image.width}x${image.height}`;
      const seed = String(image.seed).padEnd(10);
      return `#${generation.id}  ${seed}  ${size}  ${formatSeconds(notice.durationMs)}  ${cleanText(image.path)}`;
    }
    case 'generation-finished':
      return notice.outcome === 'finished'
        ? null
        : `#${notice.generation.id}  ${notice.outcome === 'abandoned' ? 'interrupted' : 'given up'}`;
    case 'failure': {
      const start = notice.generation === null ? '' : `#${notice.generation.id}  `;
      const again =
        notice.retryDelayMs === null ? '' : ` Next attempt in ${formatDuration(notice.retryDelayMs)}.`;
      const measure = notice.measure === undefined ? '' : ` ${describeMeasure(notice.measure)}`;
      return `${start}${failureSentences(notice.failure, url, notice.willRetry, call)}${measure}${again}`;
    }
    case 'space-regained':
      return `space again: ${formatBytes(notice.freeBytes)} free`;
    case 'restarting':
      return `${describeFailure(notice.reason, { url }).what} ${describeRestart(notice.way)}`;
    case 'adjusted':
      return describeAdjustment(notice.adjustment);
    case 'paused':
      return 'paused';
    case 'resumed':
      return 'generating again';
    case 'generation-started':
    case 'progress':
    case 'activity-changed':
      return null;
    case 'stopped':
      return notice.leftCount === undefined ? null : describeLeft(notice.leftCount);
  }
}

/** `1 image`, `3 images`. */
export function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? '' : 's'}`;
}
