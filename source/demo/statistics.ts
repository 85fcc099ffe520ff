/** One txt2img request as the server saw it; times in ms since epoch. */
export type RequestRecord = {
  /** Counts from 1 in the order of arrival. */
  readonly number: number;
  readonly arrivedAt: number;
  /** When it got the lock, and when it gave it back; null before. */
  startedAt: number | null;
  endedAt: number | null;
  /** The resolved seeds; empty until it started. */
  seeds: readonly number[];
  checkpoint: string | null;
  /** `running` covers waiting; `completed` is one that ran to its end, whatever became of the answer. */
  outcome: 'running' | 'completed' | 'failed';
};

export type DemoStatistics = {
  readonly startedAt: number;
  /** Time in which a generation held the lock. */
  readonly busyMs: number;
  /** Time between the first start and the last end in which none did. */
  readonly idleMs: number;
  /** Those that ran to their end. */
  readonly generationCount: number;
  /** The most txt2img requests that were unanswered at once. */
  readonly maxOutstanding: number;
  readonly outstanding: number;
  /** Live previews that were encoded for somebody who asked. */
  readonly previewCount: number;
  /** The newest ones, oldest first. */
  readonly requests: readonly RequestRecord[];
};

const keptRequestCount = 5000;

/** Measures what the GPU would have had to do; on a clock that never jumps. */
export class Statistics {
  readonly #startedAt = steadyNow();
  readonly #requests: RequestRecord[] = [];
  #arrivalCount = 0;
  #completedCount = 0;
  #busyMs = 0;
  #outstanding = 0;
  #maxOutstanding = 0;
  #previewCount = 0;
  #firstStartAt: number | null = null;
  #lastEndAt: number | null = null;

  arrive(): RequestRecord {
    this.#arrivalCount += 1;
    this.#outstanding += 1;
    this.#maxOutstanding = Math.max(this.#maxOutstanding, this.#outstanding);
    const record: RequestRecord = {
      number: this.#arrivalCount,
      arrivedAt: steadyNow(),
      startedAt: null,
      endedAt: null,
      seeds: [],
      checkpoint: null,
      outcome: 'running',
    };
    this.#requests.push(record);
    if (this.#requests.length > keptRequestCount) this.#requests.shift();
    return record;
  }

  start(record: RequestRecord): void {
    record.startedAt = steadyNow();
    this.#firstStartAt ??= record.startedAt;
  }

  end(record: RequestRecord): void {
    record.endedAt = steadyNow();
    this.#lastEndAt = record.endedAt;
    this.#busyMs += record.endedAt - (record.startedAt ?? record.endedAt);
  }

  leave(record: RequestRecord, outcome: 'completed' | 'failed'): void {
    record.outcome = outcome;
    if (outcome === 'completed') this.#completedCount += 1;
    this.#outstanding -= 1;
  }

  notePreview(): void {
    this.#previewCount += 1;
  }

  /** Requests that are not answered yet. */
  get outstanding(): number {
    return this.#outstanding;
  }

  read(): DemoStatistics {
    const spanMs = (this.#lastEndAt ?? 0) - (this.#firstStartAt ?? 0);
    return {
      startedAt: this.#startedAt,
      busyMs: this.#busyMs,
      idleMs: Math.max(0, spanMs - this.#busyMs),
      generationCount: this.#completedCount,
      maxOutstanding: this.#maxOutstanding,
      outstanding: this.#outstanding,
      previewCount: this.#previewCount,
      requests: this.#requests.map((record) => ({ ...record })),
    };
  }
}

function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}
