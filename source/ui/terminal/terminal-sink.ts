import { write, writeSync } from 'node:fs';
import type { WriteStream } from 'node:tty';

/** Where bytes for a terminal go. */
export type TerminalSink = {
  /** `done` is called once the terminal has taken the text, or never will. */
  write(text: string, done: () => void): void;
  /** For the end of the process, when nothing can be waited for. */
  writeNow(text: string): void;
};

/**
 * Writes beside the event loop: Node's own writes to a terminal block the whole process, and with it the loop, for as long as a frozen
 * window or a stalled SSH line takes nothing. Errors are left to SIGHUP, which comes with them.
 */
export function openTerminalSink(target: WriteStream): TerminalSink {
  const fd: unknown = Reflect.get(target, 'fd');
  if (typeof fd !== 'number') {
    return {
      write: (text, done) => void target.write(text, () => done()),
      writeNow: (text) => void target.write(text),
    };
  }
  const writeAll = writerTo(fd);
  return {
    write: (text, done) => writeAll(Buffer.from(text), done),
    writeNow(text) {
      try {
        writeSync(fd, text);
      } catch {
        // The terminal is gone, and the process is going.
      }
    },
  };
}

function writerTo(fd: number) {
  return function writeAll(bytes: Uint8Array, done: () => void): void {
    write(fd, bytes, (error, count) => {
      if (error || count >= bytes.length) done();
      else writeAll(bytes.subarray(count), done);
    });
  };
}
