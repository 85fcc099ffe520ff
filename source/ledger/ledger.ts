import type { Saving } from '../engine/effect.ts';
import type { Learnt } from '../engine/learnt.ts';
import type { Notice } from '../engine/notice.ts';
import type { Generation } from '../generation/generation.ts';
import type { PlanPosition } from '../plan/next-generation.ts';
import type { Plan } from '../plan/plan.ts';
import type { Incident } from '../presentation/incident.ts';
import type { Absence } from '../presentation/snapshot.ts';
import type { NotMade } from '../stats/not-made.ts';

/** What a loop needs to go on after its runner died, kept beside the generations. */
export type LoopMemory = {
  readonly plan: Plan | null;
  readonly position: PlanPosition | null;
  readonly intention: 'run' | 'pause' | 'stop';
  /** Set once the loop has ended by itself or been ended: then there is nothing to go on with. */
  readonly ended: 'asked' | 'goal-reached' | null;
  /** Absent in ledgers of older versions. */
  readonly learnt?: Learnt;
};

/** A generation that was sent, or about to be, when its runner died. */
export type UnfinishedGeneration = {
  /** As planned. */
  readonly generation: Generation;
  /** When it was first written down, just before it was sent, ms since epoch. */
  readonly plannedAt: number;
  readonly saving: Saving;
  /** Seeds whose images are in the ledger already. */
  readonly landedSeeds: readonly number[];
};

/** What the last run of a ledger left behind when it was cut off. */
export type CutOffRun = NotMade & {
  /** Of the WebUI that it last worked on. */
  readonly url: string;
  readonly startedAt: number;
  readonly memory: LoopMemory;
  /** In the order in which they were planned. */
  readonly unfinished: readonly UnfinishedGeneration[];
  readonly imageCount: number;
  readonly generationCount: number;
  readonly retryCount: number;
  readonly gpuIdleMs: number;
  /** How long its generations took, with the GPU's waits between them, ms. */
  readonly activeMs: number;
  /** Those that ended in the last while before that, oldest first, for the graph of the rate. */
  readonly recentGenerations: readonly {
    /** ms since epoch. */
    readonly endedAt: number;
    /** Work and the GPU's wait before it, ms. */
    readonly spanMs: number;
    readonly imageCount: number;
  }[];
  /** The newest images (a thousand at most), so that their files are known as its own. */
  readonly recentImages: readonly {
    /** Absolute. */
    readonly path: string;
    readonly generationId: number;
    readonly seed: number;
    readonly durationMs: number;
  }[];
  /** The newest thing that was written down, ms since epoch: about when the runner died. */
  readonly lastAt: number;
};

/** The durable record of every generation and image, as the runner writes it. Nothing here throws for trouble with the file. */
export type Ledger = {
  /** The last run, if its runner died or left something in flight; null where it ended in good order or there was none. */
  readonly cutOff: CutOffRun | null;
  /**
   * Begins a run, or (`isContinued`) goes on with the one that was cut off. What an earlier run left open and is not continued ends
   * as cut off.
   */
  beginRun(facts: { readonly at: number; readonly url: string; readonly isContinued: boolean }): void;
  /**
   * Writes what happened, at once and in one transaction, so that a generation is in the ledger before its request is sent. What cannot
   * be written now is kept in order and written later.
   */
  record(entry: {
    readonly at: number;
    readonly notices: readonly Notice[];
    readonly memory: LoopMemory;
    readonly saving: Saving;
  }): void;
  /** Keeps an incident that no notice tells of. */
  recordIncident(incident: Incident): void;
  /** The run ends in good order; what it left open ends as cut off. */
  endRun(at: number): void;
  /** Keeps when the last screen left, ms since epoch. */
  noteScreenLeft(at: number): void;
  /** When the last screen left, ms since epoch; null while none has. */
  readonly screenLeftAt: number | null;
  /** What was made and what went wrong between the two times, ms since epoch, as far as it is written. */
  absenceSince(since: number, until: number): Absence;
  /** Why nothing can be written now, as a sentence for a person; null while all is written. */
  trouble(): string | null;
  /** What happened to the ledger since this was last asked (set aside, records lost), as sentences for a person. */
  takeRemarks(): readonly string[];
  close(): void;
};
