/** What came of a run of mutated inputs. */
export type Findings = {
  inputCount: number;
  /** How often each outcome came. */
  readonly outcomes: Map<string, number>;
  slowestMs: number;
  /** What must not be, each with what brings it about again. */
  readonly troubles: string[];
  add(trouble: string): void;
  count(outcome: string): void;
  took(ms: number): void;
};

/** What no words for a person may hold. */
export const unsafeForTerminals = /[\p{Control}\p{Surrogate}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

export function newFindings(): Findings {
  const findings: Findings = {
    inputCount: 0,
    outcomes: new Map(),
    slowestMs: 0,
    troubles: [],
    add: (trouble) => void findings.troubles.push(trouble),
    count: (outcome) => void findings.outcomes.set(outcome, (findings.outcomes.get(outcome) ?? 0) + 1),
    took(ms) {
      findings.slowestMs = Math.max(findings.slowestMs, ms);
    },
  };
  return findings;
}
