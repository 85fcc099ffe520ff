import type { Saving } from '../engine/effect.ts';
import { type Generation, imageCountOf } from '../generation/generation.ts';
import type { NotMade } from '../stats/not-made.ts';
import type { KeptNotice, RunEntry } from './entry.ts';
import type { CutOffRun, LoopMemory } from './ledger.ts';

export type ImageNotice = Extract<KeptNotice, { type: 'image' }>;

/** A generation without an outcome, and the images of it that have landed. */
export type OpenGeneration = {
  readonly generation: Generation;
  readonly plannedAt: number;
  readonly saving: Saving;
  readonly images: readonly ImageNotice[];
};

/** What a run has come to: all that is needed to go on with it, or to write it anew into another file. */
export type FollowedRun = {
  readonly run: string;
  readonly url: string;
  readonly startedAt: number;
  readonly lastAt: number;
  /** Of the newest entry. */
  readonly sequence: number;
  readonly isEnded: boolean;
  readonly memory: LoopMemory;
  /** Of the WebUI that last connected. */
  readonly version: string | null;
  /** By their numbers, in the order in which they were planned. */
  readonly open: ReadonlyMap<number, OpenGeneration>;
  readonly imageCount: number;
  readonly generationCount: number;
  readonly retryCount: number;
  /** Images that did not come, whatever became of them: versions before this one show it. */
  readonly lostCount: number;
  readonly gpuIdleMs: number;
};

const emptyMemory: LoopMemory = { plan: null, position: null, intention: 'run', ended: null };

/** Whether the entry is in the run already. */
export function isKnown(run: FollowedRun | null, entry: RunEntry): boolean {
  return run !== null && run.run === entry.run && entry.sequence <= run.sequence;
}

/** The run after one more entry; an entry of another run begins that one. */
export function followRun(before: FollowedRun | null, entry: RunEntry): FollowedRun {
  const run = before?.run === entry.run ? before : newRun(entry);
  const stepped = { ...run, sequence: entry.sequence, lastAt: Math.max(run.lastAt, entry.at) };
  switch (entry.type) {
    case 'run-begun':
      return stepped;
    case 'run-continued':
      return { ...stepped, url: entry.url, isEnded: false };
    case 'run-ended':
      return { ...stepped, isEnded: true, open: new Map() };
    case 'recorded': {
      const remembered = entry.memory === null ? stepped : { ...stepped, memory: entry.memory };
      return entry.notices.reduce((so, notice) => followNotice(so, notice, entry.saving), remembered);
    }
  }
}

/** What a run that was cut off leaves to the next runner. */
export function toCutOff(
  run: FollowedRun,
): Omit<CutOffRun, keyof NotMade | 'activeMs' | 'recentImages' | 'recentGenerations'> {
  const { url, startedAt, memory, imageCount, generationCount, retryCount, gpuIdleMs, lastAt } = run;
  const unfinished = [...run.open.values()].map(({ generation, plannedAt, saving, images }) => ({
    generation,
    plannedAt,
    saving,
    landedSeeds: images.map(({ image }) => image.seed),
  }));
  return {
    url,
    startedAt,
    memory,
    unfinished,
    imageCount,
    generationCount,
    retryCount,
    gpuIdleMs,
    lastAt,
  };
}

function newRun({ run, at, ...entry }: RunEntry): FollowedRun {
  return {
    run,
    url: 'url' in entry ? entry.url : '',
    startedAt: at,
    lastAt: at,
    sequence: entry.sequence,
    isEnded: false,
    memory: emptyMemory,
    version: null,
    open: new Map(),
    imageCount: 0,
    generationCount: 0,
    retryCount: 0,
    lostCount: 0,
    gpuIdleMs: 0,
  };
}

/** Counts as `stats/stats.ts` does, so that a run that goes on shows the figures that it had. */
function followNotice(run: FollowedRun, notice: KeptNotice, saving: Saving): FollowedRun {
  switch (notice.type) {
    case 'incident':
      return run;
    case 'connected':
      return { ...run, version: notice.version };
    case 'generation-started':
      return open(run, notice, saving);
    case 'image':
      return addImage(open(run, notice, saving), notice);
    case 'failure':
      return notice.generation && notice.willRetry ? { ...run, retryCount: run.retryCount + 1 } : run;
    case 'generation-finished': {
      const { generation, outcome, imageCount } = notice;
      const left = new Map(run.open);
      left.delete(generation.id);
      const isCounted = outcome !== 'abandoned';
      const lostCount = isCounted ? Math.max(0, imageCountOf(generation) - imageCount) : 0;
      return {
        ...run,
        open: left,
        gpuIdleMs: run.gpuIdleMs + Math.max(0, notice.gpuIdleMs),
        generationCount: run.generationCount + (outcome === 'finished' ? 1 : 0),
        lostCount: run.lostCount + lostCount,
      };
    }
  }
}

/** An image may be the first that is told of its generation: where the entry before it was lost. */
function open(
  run: FollowedRun,
  { generation, at }: { readonly generation: Generation; readonly at: number },
  saving: Saving,
): FollowedRun {
  if (run.open.has(generation.id)) return run;
  const opened = { generation, plannedAt: at, saving, images: [] };
  return { ...run, open: new Map(run.open).set(generation.id, opened) };
}

function addImage(run: FollowedRun, notice: ImageNotice): FollowedRun {
  const opened = run.open.get(notice.generation.id);
  if (!opened || opened.images.some(({ image }) => image.seed === notice.image.seed)) return run;
  const grown = { ...opened, images: [...opened.images, notice] };
  return {
    ...run,
    open: new Map(run.open).set(notice.generation.id, grown),
    imageCount: run.imageCount + 1,
  };
}
