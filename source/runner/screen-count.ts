import type { Ledger } from '../ledger/ledger.ts';
import type { Absence } from '../presentation/snapshot.ts';

/** Who only looked away, or came with a second screen, needs no account of the time between, ms. */
const shortestAbsenceMs = 60_000;

/** Keeps when the last screen left. */
export type ScreenCount = {
  /** A screen came; tells what it missed, or null where another one is there or it missed next to nothing. */
  come(at: number): Absence | null;
  leave(at: number): void;
  count(): number;
};

export function createScreenCount(ledger: Ledger | null): ScreenCount {
  let count = 0;
  return {
    come(at) {
      const since = count === 0 ? (ledger?.screenLeftAt ?? null) : null;
      count++;
      if (ledger === null || since === null || at - since < shortestAbsenceMs) return null;
      return ledger.absenceSince(since, at);
    },
    leave(at) {
      count--;
      if (count === 0) ledger?.noteScreenLeft(at);
    },
    count: () => count,
  };
}
