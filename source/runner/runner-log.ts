import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanText } from '../presentation/clean-text.ts';
import { readEnd, sizeOf } from './read-end.ts';

/** The log and its predecessor take at most twice this much together, a little more while the disk is full. Bytes. */
const defaultLimit = 1_000_000;

/** How often it is looked whether the process itself has written too much, ms. */
const checkEveryMs = 60_000;

/** What the runner did and met, for the person who asks in the morning. */
export type RunnerLog = {
  /** Adds a line with the time; a full disk loses it silently, since there is no place to say so. */
  write(words: string): void;
  /** Keeps the log within its limit; also done with each line and each minute. */
  trim(): void;
  close(): void;
};

/** Where a runner's log is. */
export function runnerLogPath(stateDirectory: string): string {
  return join(stateDirectory, 'runner.log');
}

/**
 * The log at a path, readable by this user only. The process's own output is appended to the same file, so the end of a full one is copied aside and it is
 * emptied in its place: a renamed one would go on being written to.
 */
export function createRunnerLog(path: string, limit = defaultLimit): RunnerLog {
  let isLineCut = false;

  function trim(): void {
    const size = sizeOf(path);
    if (size <= limit) return;
    try {
      writeFileSync(`${path}.new`, readEnd(path, limit), { mode: 0o600 });
      renameSync(`${path}.new`, `${path}.1`);
    } catch {
      rmSync(`${path}.new`, { force: true });
      // On a full disk it may wait for room, but not for ever.
      if (size <= 2 * limit) return;
    }
    truncateSync(path);
  }

  function attempt(work: () => void): boolean {
    try {
      work();
      return true;
    } catch {
      return false;
    }
  }

  const timer = setInterval(() => attempt(trim), checkEveryMs).unref();
  return {
    write(words) {
      attempt(trim);
      const line = `${new Date().toISOString()}  ${cleanText(words)}\n`;
      const wasWritten = attempt(() => appendFileSync(path, isLineCut ? `\n${line}` : line, { mode: 0o600 }));
      isLineCut = !wasWritten;
    },
    trim: () => void attempt(trim),
    close: () => clearInterval(timer),
  };
}
