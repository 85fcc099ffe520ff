import { formatBytes } from './byte-counts.ts';
import { formatMinutes } from './durations.ts';
import type { Snapshot } from './snapshot.ts';

/** Further away a forecast says nothing that anybody would act on. */
const farthestMs = 30 * 24 * 3_600_000;

/** Space on the disk with the images: `48 GB free`, `48 GB free, full in 5 h 10 m`; the floor counts as full. */
export function describeSpace({ freeBytes, fullInMs }: NonNullable<Snapshot['space']>): string {
  const free = `${formatBytes(freeBytes)} free`;
  return fullInMs === null || fullInMs > farthestMs ? free : `${free}, full in ${formatMinutes(fullInMs)}`;
}

/** Whether the space ends so soon that a person should see to it: within 12 hours, a night. */
export function isSpaceShort({ fullInMs }: NonNullable<Snapshot['space']>): boolean {
  return fullInMs !== null && fullInMs < 12 * 3_600_000;
}
