import { isStartOfReport, type TerminalAnswers, takeAnswers } from './terminal-answers.ts';

/** Stands between a terminal's answers and whoever reads its keys. */
export type ReportFilter = {
  /** Resolves once `isAnswered`, which is looked at after each answer. */
  answered(isAnswered: () => boolean): Promise<void>;
  /** From here on somebody else reads stdin, who gets the keys alone. */
  handOver(): void;
  /** What was typed meanwhile is left for whoever reads next. */
  end(): void;
};

/** Reads stdin until it is handed over, and then takes answers out of what the other reads. */
export function filterReports(stdin: NodeJS.ReadStream, answers: TerminalAnswers): ReportFilter {
  const waiting = new Set<() => void>();
  let pending = '';
  let typed = '';

  /** Answers and keys may come in pieces, and as bytes or as text. */
  function sift(chunk: string): string {
    const sifted = takeAnswers(pending + chunk, answers);
    pending = sifted.pending;
    for (const look of waiting) look();
    return sifted.keys;
  }

  function readAll(): void {
    for (let chunk: Buffer | string | null = stdin.read(); chunk !== null; chunk = stdin.read())
      typed += sift(
        typeof chunk === 'string' ? Buffer.from(chunk).toString('latin1') : chunk.toString('latin1'),
      );
  }

  function stopReading(): void {
    stdin.off('readable', readAll);
    stdin.pause();
    // Of what has not ended, only a start that no answer has can be a key.
    if (!isStartOfReport(pending)) {
      typed += pending;
      pending = '';
    }
    if (typed !== '') stdin.unshift(Buffer.from(typed, 'latin1'));
    typed = '';
  }

  stdin.on('readable', readAll);
  let isReading = true;

  return {
    answered(isAnswered) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => {
        if (!isAnswered()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
      return promise;
    },
    handOver() {
      isReading = false;
      stopReading();
      const read = stdin.read;
      stdin.read = (size?: number) => {
        for (;;) {
          const chunk: Buffer | string | null = Reflect.apply(read, stdin, [size]);
          if (chunk === null) return null;
          const isText = typeof chunk === 'string';
          let keys = sift(isText ? chunk : chunk.toString('latin1'));
          if (!isStartOfReport(pending)) {
            keys += pending;
            pending = '';
          }
          if (keys !== '') return isText ? keys : Buffer.from(keys, 'latin1');
        }
      };
    },
    end() {
      if (isReading) stopReading();
      // Uncovers the stream's own.
      else Reflect.deleteProperty(stdin, 'read');
      isReading = false;
    },
  };
}
