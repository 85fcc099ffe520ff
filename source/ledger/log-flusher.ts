import { close, fdatasync, openSync } from 'node:fs';

/** Makes what was committed durable without anybody waiting for the disk. */
export type LogFlusher = {
  /** After a commit; while a flush is under way at most one more is remembered. */
  flush(): void;
  /** After a commit that the next one may carry to the disk with it, where it comes within `lingerMs`. */
  flushLater(): void;
  close(): void;
};

/**
 * What came of a generation is found on the disk again by its seeds, should a power cut lose the record of it: only what is about to be sent
 * must not wait. Ms.
 */
const lingerMs = 2000;

/**
 * Flushes SQLite's write-ahead log on libuv's threads: a power cut then loses what the last milliseconds committed, and no request waits.
 * The descriptor is its own; SQLite holds no lock on this file, so closing it drops none. That a disk cannot flush is no trouble of
 * its own: the writes say it.
 */
export function createLogFlusher(databasePath: string): LogFlusher {
  let descriptor: number | null = openLog(databasePath);
  let isFlushing = false;
  let isWanted = false;
  let later: NodeJS.Timeout | null = null;

  function flush(): void {
    if (later !== null) clearTimeout(later);
    later = null;
    if (descriptor === null) descriptor = openLog(databasePath);
    if (descriptor === null) return;
    if (isFlushing) {
      isWanted = true;
      return;
    }
    isFlushing = true;
    const flushed = descriptor;
    fdatasync(flushed, () => {
      isFlushing = false;
      if (descriptor === null) close(flushed, () => {});
      else if (isWanted) {
        isWanted = false;
        flush();
      }
    });
  }

  return {
    flush,
    flushLater() {
      later ??= setTimeout(flush, lingerMs).unref();
    },
    close() {
      if (later !== null) clearTimeout(later);
      const last = descriptor;
      descriptor = null;
      if (last !== null && !isFlushing) close(last, () => {});
    },
  };
}

/** Null while there is none: the first commit makes it. */
function openLog(databasePath: string): number | null {
  try {
    return openSync(`${databasePath}-wal`, 'r');
  } catch {
    return null;
  }
}
