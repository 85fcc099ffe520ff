/** A time by which something must have come. */
export type Deadline = {
  /** Begins the wait unless it has begun. */
  set(): void;
  /** It came, or is not awaited any more. */
  clear(): void;
};

/** Calls `onLate` when the wait was not cleared within `patienceMs`; it keeps no process alive. */
export function createDeadline(patienceMs: number, onLate: () => void): Deadline {
  let timer: NodeJS.Timeout | null = null;
  return {
    set() {
      timer ??= setTimeout(onLate, patienceMs).unref();
    },
    clear() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
