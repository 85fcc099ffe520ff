import { closeSync, fstatSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import type { Entry } from './entry.ts';
import { readEntry } from './read-entry.ts';

/** The side file with the entries that could not be written into the ledger yet, one JSON object a line. */
export type PendingFile = {
  /** What an earlier runner left, oldest first. */
  read(): Entry[];
  /** Adds an entry, unless the file is full or cannot be written: then only memory holds it. */
  append(entry: Entry): void;
  /** All of it is in the ledger. */
  remove(): void;
  close(): void;
};

/** As many entries as memory holds come to about this much, bytes. */
const longestFile = 64 << 20;

/** Nothing here throws for trouble with the file: it is the net below the ledger, and there is none below it. */
export function createPendingFile(path: string): PendingFile {
  let descriptor: number | null = null;
  let mayExist = true;

  function open(): number | null {
    try {
      const found = statSync(path, { throwIfNoEntry: false });
      if (found !== undefined && !found.isFile()) return null;
      const opened = openSync(path, 'a+', 0o600);
      // A runner that was killed may have left half a line.
      if (fstatSync(opened).size > 0) writeSync(opened, '\n');
      return opened;
    } catch {
      return null;
    }
  }

  function close(): void {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  }

  return {
    read() {
      try {
        const found = statSync(path, { throwIfNoEntry: false });
        if (!found?.isFile() || found.size > 2 * longestFile) return [];
        const lines = readFileSync(path, 'utf8').split('\n');
        return lines.flatMap((line) => readEntry(line) ?? []);
      } catch {
        return [];
      }
    },
    append(entry) {
      mayExist = true;
      descriptor ??= open();
      if (descriptor === null) return;
      try {
        if (fstatSync(descriptor).size < longestFile) writeSync(descriptor, `${JSON.stringify(entry)}\n`);
      } catch {
        // The next entry may fit again; a line that was cut short is passed over when it is read.
        close();
      }
    },
    remove() {
      if (!mayExist) return;
      mayExist = false;
      close();
      try {
        rmSync(path, { force: true });
      } catch {
        // What is read twice is written once.
      }
    },
    close,
  };
}
