import { formatFileTime } from './clock-time.ts';
import { formatCounted } from './numbers.ts';

/** The message that a loop begins with whose last runner died at about `lastAt` (ms since epoch). */
export function describeCutOff(lastAt: number, unfinishedCount: number, now = lastAt): string {
  const when = formatFileTime(lastAt, now).trim();
  const start = `The last runner ended at ${when}, before its loop did.`;
  if (unfinishedCount === 0) return `${start} Nothing was in flight.`;
  return `${start} ${formatCounted(unfinishedCount, 'generation')} in flight: its images are looked for first.`;
}
