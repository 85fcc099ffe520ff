import type { FailureKind } from '../generation/failure.ts';

/** How often each kind of failure came since all went well: one kind says nothing about how long to wait for another. */
export type FailureCounts = Readonly<Partial<Record<FailureKind, number>>>;

export const noFailures: FailureCounts = {};

export function withFailure(counts: FailureCounts, kind: FailureKind): FailureCounts {
  return { ...counts, [kind]: countOf(counts, kind) + 1 };
}

export function countOf(counts: FailureCounts, kind: FailureKind): number {
  return counts[kind] ?? 0;
}

/** Of all kinds together. */
export function totalOf(counts: FailureCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
