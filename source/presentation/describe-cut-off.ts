import { formatFileTime } from './clock-time.ts';
import { formatCounted } from './numbers.ts';

/** The message that a loop begins with whose last runner left something at about `lastAt` (ms since epoch): it died, or could not find out. */
export function describeCutOff(
  {
    lastAt,
    memory,
    unfinished,
  }: {
    readonly lastAt: number;
    readonly memory: { readonly ended: unknown };
    readonly unfinished: readonly unknown[];
  },
  now = lastAt,
): string {
  const when = formatFileTime(lastAt, now).trim();
  const start =
    memory.ended === null
      ? `The last runner ended at ${when}, before its loop did.`
      : `The last loop was ended at ${when}, before its WebUI answered.`;
  if (unfinished.length === 0) return `${start} Nothing was in flight.`;
  return `${start} ${formatCounted(unfinished.length, 'generation')} in flight: its images are looked for first.`;
}
