import type { Fault, FaultKind } from './faults.ts';

type Entry = {
  readonly fault: Fault;
  readonly firstGeneration: number;
  /** When a lasting fault began; null before. */
  activeSince: number | null;
};

/** What befalls one generation. */
export class Misfortune {
  readonly #values: ReadonlyMap<FaultKind, number | null>;
  /** Settles when the faults are cleared: what hangs goes on then. */
  readonly cleared: Promise<void>;

  constructor(values: ReadonlyMap<FaultKind, number | null>, cleared: Promise<void>) {
    this.#values = values;
    this.cleared = cleared;
  }

  has(kind: FaultKind): boolean {
    return this.#values.has(kind);
  }

  /** The value that was given with it, or null. */
  valueOf(kind: FaultKind): number | null {
    return this.#values.get(kind) ?? null;
  }
}

/** Which faults are due, by the number of the generation and by the clock (ms, any origin). */
export class FaultSchedule {
  #entries: Entry[] = [];
  #generation = 0;
  #cleared = Promise.withResolvers<void>();

  add(fault: Fault, now: number): void {
    const { from } = fault;
    const firstGeneration =
      from === 'now' ? 0 : 'next' in from ? this.#generation + from.next : from.generation;
    this.#entries.push({ fault, firstGeneration, activeSince: from === 'now' ? now : null });
  }

  /** Ends all of them; a generation that hangs goes on. */
  clear(): void {
    this.#entries = [];
    this.#cleared.resolve();
    this.#cleared = Promise.withResolvers();
  }

  /** Counts a generation that arrives and says what befalls it. */
  arrive(now: number): Misfortune {
    this.#generation += 1;
    const values = new Map<FaultKind, number | null>();
    for (const entry of this.#entries) {
      const { fault, firstGeneration } = entry;
      const position = this.#generation - firstGeneration;
      if (position >= 0) entry.activeSince ??= now;
      if (position < 0 || position >= fault.count) continue;
      const factor = fault.kind === 'slow' ? (fault.value ?? 1) ** (position + 1) : fault.value;
      values.set(fault.kind, factor);
    }
    return new Misfortune(values, this.#cleared.promise);
  }

  /** Whether the API is hidden or closed right now by `starting` or `unauthorised`. */
  isDue(kind: 'starting' | 'unauthorised', now: number): boolean {
    return this.#entries.some(
      ({ fault, activeSince }) =>
        fault.kind === kind && activeSince !== null && now - activeSince < (fault.value ?? 0) * 1000,
    );
  }

  /** Added round trip, ms. */
  latencyMs(): number {
    return this.#sumOf('latency');
  }

  /** Lost with each image, MB. */
  leakPerImage(): number {
    return this.#sumOf('memory-leak');
  }

  #sumOf(kind: FaultKind): number {
    return this.#entries
      .filter(({ fault, activeSince }) => fault.kind === kind && activeSince !== null)
      .reduce((sum, { fault }) => sum + (fault.value ?? 0), 0);
  }
}
