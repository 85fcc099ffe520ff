/** What was learnt of a proxy that cuts requests, and how far the way back is from it. */
export type LearntWire = {
  /** So long a request may take, ms. */
  readonly limitMs: number;
  /** Generations in a row that went well since the last change, of those that were kept shorter for it. */
  readonly goodCount: number;
  /** So many of them, then longer requests are tried. */
  readonly climbAfter: number;
  /** Whether it was raised and has not held for `climbAfter` generations yet. */
  readonly isClimbing: boolean;
};

/** A try that fails costs the time of a whole request and, where the WebUI does not save, its images: rarer than with memory. */
export const firstClimbAfter = 40;

const lastClimbAfter = 640;

/** After a request was cut: a try that fails falls back at once and waits twice as long. */
export function fallBack(known: LearntWire | null, cutAfterMs: number): LearntWire {
  const { limitMs, climbAfter, isClimbing } = known ?? startingAt(cutAfterMs);
  return {
    limitMs: Math.min(limitMs, cutAfterMs),
    goodCount: 0,
    climbAfter: isClimbing ? Math.min(2 * climbAfter, lastClimbAfter) : climbAfter,
    isClimbing: false,
  };
}

/** What is known at first of a limit. */
export function startingAt(limitMs: number, climbAfter = firstClimbAfter): LearntWire {
  return { limitMs, goodCount: 0, climbAfter, isClimbing: false };
}

/**
 * After a generation that went well: requests of twice the length are tried after enough that were kept shorter for the limit
 * (`isShortened`); one that has been raised, holds and shortens nothing any more is forgotten: null.
 */
export function climb(
  known: LearntWire,
  isShortened: boolean,
): { readonly wire: LearntWire | null; readonly hasClimbed: boolean } {
  // Nothing shows whether a limit still stands that no request comes near.
  if (!isShortened && !known.isClimbing) return { wire: known, hasClimbed: false };
  const goodCount = known.goodCount + 1;
  if (goodCount < known.climbAfter) return { wire: { ...known, goodCount }, hasClimbed: false };
  if (!isShortened) return { wire: null, hasClimbed: false };
  return {
    wire: { ...known, limitMs: 2 * known.limitMs, goodCount: 0, isClimbing: true },
    hasClimbed: true,
  };
}
