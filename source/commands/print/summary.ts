import type { Notice } from '../../engine/notice.ts';
import { formatDuration } from '../../presentation/durations.ts';
import { count } from './plain-words.ts';

/** What a run came to, as its last line says it. */
export type Summary = {
  readonly images: number;
  /** Generations that came to an end, whatever the end was. */
  readonly generations: number;
  /** Failures met, those included that a retry mended. */
  readonly failures: number;
  readonly gpuIdleMs: number;
};

export const emptySummary: Summary = { images: 0, generations: 0, failures: 0, gpuIdleMs: 0 };

/** Counts one more notice. */
export function countNotice(summary: Summary, notice: Notice): Summary {
  switch (notice.type) {
    case 'image':
      return { ...summary, images: summary.images + 1 };
    case 'generation-finished':
      return {
        ...summary,
        generations: summary.generations + 1,
        gpuIdleMs: summary.gpuIdleMs + notice.gpuIdleMs,
      };
    case 'failure':
      return { ...summary, failures: summary.failures + 1 };
    case 'connected':
    case 'adjusted':
    case 'generation-started':
    case 'progress':
    case 'space-regained':
    case 'activity-changed':
    case 'restarting':
    case 'paused':
    case 'resumed':
    case 'stopped':
      return summary;
  }
}

/** Images a minute over the whole run, two decimals. */
export function imagesPerMinute(images: number, elapsedMs: number): number {
  return elapsedMs > 0 ? Math.round((images * 6_000_000) / elapsedMs) / 100 : 0;
}

/** A run's last line for a person. */
export function summaryWords(
  { images, generations, failures, gpuIdleMs }: Summary,
  elapsedMs: number,
): string {
  const parts = [count(images, 'image'), count(generations, 'generation'), count(failures, 'failure')];
  const rate = `${imagesPerMinute(images, elapsedMs)} images/min`;
  return `${parts.join(', ')} in ${formatDuration(elapsedMs)}: ${rate}, GPU idle ${(gpuIdleMs / 1000).toFixed(1)} s`;
}
