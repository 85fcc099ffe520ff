import { closeSync, constants, openSync, write, writeSync } from 'node:fs';
import type { WriteStream } from 'node:tty';

/** Where bytes for a terminal go. */
export type TerminalSink = {
  /** `done` is called once the terminal has taken the text, or never will. */
  write(text: string, done: () => void): void;
  /** For the end of the process, when nothing can be waited for. */
  writeNow(text: string): void;
  close(): void;
};

/**
 * Writes without ever waiting for the terminal: Node's own writes block the whole process, and with it the loop, for as long as a
 * frozen window or a stalled SSH line takes nothing. Errors are left to SIGHUP, which comes with them.
 */
export function openTerminalSink(target: WriteStream): TerminalSink {
  const fd: unknown = Reflect.get(target, 'fd');
  if (typeof fd !== 'number') {
    return {
      write: (text, done) => void target.write(text, () => done()),
      writeNow: (text) => void target.write(text),
      close: () => {},
    };
  }
  const own = openNonBlocking(fd);
  return own === null ? threadedSink(fd) : nonBlockingSink(own);
}

/** A description of our own, since the one behind `fd` may be the shell's as well; null where the system has no such path (macOS). */
function openNonBlocking(fd: number): number | null {
  const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
  try {
    return openSync(`/proc/self/fd/${fd}`, O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch {
    return null;
  }
}

const shortestRetryMs = 5;
const longestRetryMs = 200;

function nonBlockingSink(fd: number): TerminalSink {
  return {
    write(text, done) {
      const bytes = Buffer.from(text);
      const writeRest = (offset: number, retryMs: number) => {
        const end = offset + writeSome(fd, bytes.subarray(offset));
        if (end >= bytes.length) return done();
        const nextMs = end > offset ? shortestRetryMs : Math.min(retryMs * 2, longestRetryMs);
        setTimeout(() => writeRest(end, nextMs), nextMs);
      };
      writeRest(0, shortestRetryMs);
    },
    writeNow: (text) => void writeSome(fd, Buffer.from(text)),
    close: () => closeSync(fd),
  };
}

/** Returns how many bytes count as written: all of them when the terminal is gone. */
function writeSome(fd: number, bytes: Uint8Array): number {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EAGAIN' ? 0 : bytes.length;
  }
}

/** A frozen terminal then holds one thread of Node's pool, and not the process. */
function threadedSink(fd: number): TerminalSink {
  const writeAll = (bytes: Uint8Array, done: () => void) => {
    write(fd, bytes, (error, count) => {
      if (error || count >= bytes.length) done();
      else writeAll(bytes.subarray(count), done);
    });
  };
  return {
    write: (text, done) => writeAll(Buffer.from(text), done),
    writeNow: (text) => void writeSome(fd, Buffer.from(text)),
    close: () => {},
  };
}
