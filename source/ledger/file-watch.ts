import { statSync } from 'node:fs';

/** Notices that an open file is no longer the one at its path: what is written into it then is lost once it is closed. */
export type FileWatch = {
  /** What it finds, or null where it looked a moment ago; `isUrgent` looks all the same. */
  look(isUrgent: boolean): 'in-place' | 'gone' | null;
};

/** Takes the file that is at the path now for the open one; looks no more often than that, ms. */
export function watchFile(path: string, everyMs: number): FileWatch {
  const open = identify(path);
  let lookedAt = performance.now();
  return {
    look(isUrgent) {
      if (!isUrgent && performance.now() - lookedAt < everyMs) return null;
      lookedAt = performance.now();
      const there = identify(path);
      return there === 'unknown' || there === open ? 'in-place' : 'gone';
    },
  };
}

/** `unknown` where the file system does not say: that alone is no sign that the file is gone. */
function identify(path: string): string {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? 'nothing' : `${stats.dev} ${stats.ino}`;
  } catch {
    return 'unknown';
  }
}
