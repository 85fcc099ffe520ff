import type { Throughput } from '../stats/throughput.ts';
import { formatDuration } from './durations.ts';
import { formatCount, formatCounted, formatRate } from './numbers.ts';
import type { Absence } from './snapshot.ts';

/**
 * What the loop did while nobody looked, in one line, the fullest wording first:
 * `since you left 6 h 12 m ago: 3 248 images, 2 connection-lost, 1 out-of-memory; slowest hour 14-15: 380 images; now 21.4 images/min`.
 * The counts stay longest.
 */
export function describeAbsence(
  { since, until, imageCount, givenUpCount, missingCount, failures, slowestHour }: Absence,
  { imagesPerMinute }: Pick<Throughput, 'imagesPerMinute'>,
): readonly string[] {
  const left = `since you left ${formatDuration(until - since)} ago:`;
  const images = formatCounted(imageCount, 'image');
  const notMade = [
    ...(givenUpCount === 0 ? [] : [`${formatCount(givenUpCount)} given up`]),
    ...(missingCount === 0 ? [] : [`${formatCount(missingCount)} missing`]),
  ];
  const failureCount = failures.reduce((sum, { count }) => sum + count, 0);
  const summed = failureCount === 0 ? [] : [formatCounted(failureCount, 'failure')];
  const kinds = failures.map(({ kind, count }) => `${count} ${kind}`);
  const slowest =
    slowestHour === null
      ? ''
      : `; slowest hour ${formatHour(slowestHour.startAt)}: ${formatCounted(slowestHour.imageCount, 'image')}`;
  const now = imagesPerMinute === null ? '' : `; now ${formatRate(imagesPerMinute).trim()} images/min`;
  const counts = [images, ...notMade, ...kinds].join(', ');
  const sums = [images, ...notMade, ...summed].join(', ');
  return [
    `${left} ${counts}${slowest}${now}`,
    // The throughput panel says it too.
    `${left} ${counts}${slowest}`,
    `${left} ${sums}${slowest}`,
    `${left} ${counts}`,
    `${left} ${sums}`,
    `${left} ${images}`,
  ];
}

/** The hour that begins at `at`, where the program runs: `14-15`. */
function formatHour(at: number): string {
  const hour = new Date(at).getHours();
  return [hour, (hour + 1) % 24].map((value) => String(value).padStart(2, '0')).join('-');
}
