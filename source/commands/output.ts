import type { Writable } from 'node:stream';
import { cleanLines } from '../presentation/clean-text.ts';
import { jsonLine } from './print/json-line.ts';

/** Where a command's lines go: data on standard output, everything else on standard error. */
export type Output = {
  readonly isJson: boolean;
  /** Writes one line of data; it must be clean already. */
  print(line: string): void;
  /** Says something to a person. */
  say(text: string): void;
  /** Says that something cannot be done, and as a `failure` event too where events are expected. */
  fail(kind: string, message: string): void;
  /** Whether the reader is behind: then what is only of the moment need not be written. */
  isBehind(): boolean;
  /** Resolves once the reader is level again or gone. */
  whenLevel(): Promise<void>;
  /** Aborts when nobody reads any more (`| head`). */
  readonly readerGone: AbortSignal;
  /** Resolves when all is written; false when data was lost though somebody wanted it (a full disk), which has been said. */
  finish(): Promise<boolean>;
};

/** Wraps the process's streams, so that a reader that goes away is the quiet end of the output and never a crash. */
export function createOutput(data: Writable, words: Writable, isJson: boolean): Output {
  const gone = new AbortController();
  let writeError: string | null = null;
  data.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') writeError ??= error.code ?? error.message;
    gone.abort();
  });
  words.on('error', () => {});
  const print = (line: string) => {
    if (!gone.signal.aborted) data.write(`${line}\n`);
  };
  const say = (text: string) => void words.write(`${cleanLines(text)}\n`);
  return {
    isJson,
    print,
    say,
    fail(kind, message) {
      say(message);
      if (isJson) print(jsonLine({ type: 'failure', at: Date.now(), kind, message, willRetry: false }));
    },
    isBehind: () => data.writableNeedDrain,
    whenLevel: () =>
      new Promise((resolve) => {
        if (!data.writableNeedDrain || gone.signal.aborted) return resolve();
        const done = () => {
          data.off('drain', done);
          gone.signal.removeEventListener('abort', done);
          resolve();
        };
        data.on('drain', done);
        gone.signal.addEventListener('abort', done);
      }),
    readerGone: gone.signal,
    async finish() {
      const flush = (stream: Writable) => new Promise((resolve) => stream.write('', resolve));
      await flush(data);
      if (writeError !== null) say(`Standard output cannot be written (${writeError}).`);
      await flush(words);
      return writeError === null;
    },
  };
}
