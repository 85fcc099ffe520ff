import type { Audit } from './audit.ts';
import type { Cut } from './blows.ts';

/** A WebUI, a loop, and whoever looks on; all of it may be killed and started again. */
export type World = AsyncDisposable & {
  /** Always with the same plan; rejects where it is refused. */
  startLoop(): Promise<void>;
  /** As SIGKILL does, which nothing can prepare for. */
  killLoop(): void;
  /** Joins as a screen and goes without a word. */
  killScreen(): Promise<void>;
  killWebUi(): Promise<void>;
  /** At the same port and on the same data. */
  startWebUi(): Promise<void>;
  /** Loses the answer of the next generation. */
  cutNext(cut: Cut): Promise<void>;
  /** Answers are lost no more. */
  clearFaults(): Promise<void>;
  /** Generations that are done for, as the loop knows it. */
  finishedCount(): number;
  /** Ends the loop in order and compares what it knows with the disk. */
  end(): Promise<Audit>;
};
