import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lookAt } from './socket-place.ts';

/**
 * Removes the sockets under a profile's second name (`PROFILE-PID.sock`) that nobody listens at any more: a runner that was killed leaves its
 * own, and no later one takes that name again.
 */
export async function removeStaleSockets(directory: string, profile: string): Promise<void> {
  for (const name of namesIn(directory)) {
    if (!name.startsWith(`${profile}-`) || !/^\d+\.sock$/.test(name.slice(profile.length + 1))) continue;
    const path = join(directory, name);
    const before = identify(path);
    if (before === null || (await lookAt(path)) !== 'stale-socket') continue;
    // Another profile may be named so, and its runner may have come in between.
    if (identify(path) === before) rmSync(path, { force: true });
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function identify(path: string): string | null {
  try {
    const { dev, ino } = lstatSync(path);
    return `${dev} ${ino}`;
  } catch {
    return null;
  }
}
