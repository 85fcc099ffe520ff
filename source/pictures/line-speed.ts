import { defaultByteBudget } from './byte-budget.ts';

/** How many bytes a picture may have on the line to the terminal. */
export type LineSpeed = {
  /** So many bytes were taken by the terminal within this time, ms. */
  took(byteCount: number, elapsedMs: number): void;
  byteBudget(): number;
};

/** A few steps only: a picture is made anew for each, and kept by it. */
const budgets = [
  defaultByteBudget,
  defaultByteBudget / 2,
  defaultByteBudget / 4,
  defaultByteBudget / 8,
] as const;
const leastBudget = budgets[budgets.length - 1] ?? defaultByteBudget;

/** How long a picture may keep the line from everything else. */
const patienceMs = 250;

/** Smaller writes say more about the scheduler than about the line. */
const leastByteCount = 2000;

/**
 * Starts with how long the terminal's answers took, for as long as nothing is known of the line itself: links that are slow to answer are
 * seldom wide. From then on what the line takes counts, as far as the buffers before it show it.
 */
export function createLineSpeed(roundTripMs: number | undefined): LineSpeed {
  let bytesPerMs: number | null = null;
  return {
    took(byteCount, elapsedMs) {
      if (byteCount < leastByteCount) return;
      const seen = byteCount / Math.max(1, elapsedMs);
      bytesPerMs = bytesPerMs === null ? seen : (bytesPerMs + seen) / 2;
    },
    byteBudget() {
      const ofRoundTrip = budgets[stepOf(roundTripMs ?? 0)] ?? leastBudget;
      if (bytesPerMs === null) return ofRoundTrip;
      const room = bytesPerMs * patienceMs;
      const ofLine = budgets.find((budget) => budget <= room) ?? leastBudget;
      return Math.min(ofRoundTrip, ofLine);
    },
  };
}

function stepOf(roundTripMs: number): number {
  return [150, 400, 800].filter((limit) => roundTripMs > limit).length;
}
