import type { Saving } from '../engine/effect.ts';
import type { Notice } from '../engine/notice.ts';
import type { Incident } from '../presentation/incident.ts';
import type { LoopMemory } from './ledger.ts';

type Kept = Extract<
  Notice,
  { readonly type: 'generation-started' | 'image' | 'generation-finished' | 'failure' }
>;

/** What the ledger keeps of a notice; of a WebUI only its version, as its lists of checkpoints may be long. */
export type KeptNotice =
  | Kept
  | ({ readonly type: 'incident' } & Incident)
  | { readonly type: 'connected'; readonly at: number; readonly version: string | null };

/**
 * One step of a run as it is written: in one transaction, or as a line of the side file. `run` names the run for ever, and `sequence` counts
 * its entries from 0, so that an entry that was written already is known when it comes again.
 */
export type RunEntry = {
  readonly run: string;
  readonly sequence: number;
  readonly at: number;
} & (
  | { readonly type: 'run-begun' | 'run-continued'; readonly url: string }
  | {
      readonly type: 'recorded';
      readonly notices: readonly KeptNotice[];
      /** Null while it is as the entry before left it. */
      readonly memory: LoopMemory | null;
      readonly saving: Saving;
    }
  | { readonly type: 'run-ended' }
);

export type Entry = RunEntry | { readonly type: 'screen-left'; readonly at: number };

/** The notices that the ledger keeps: progress and what the loop's memory tells anyway are left out. */
export function keptNotices(notices: readonly Notice[]): KeptNotice[] {
  return notices.map(keptNotice).filter((notice) => notice !== null);
}

function keptNotice(notice: Notice): KeptNotice | null {
  switch (notice.type) {
    case 'connected':
      return { type: 'connected', at: notice.at, version: notice.webUi.version };
    case 'generation-started':
    case 'image':
    case 'generation-finished':
    case 'failure':
      return notice;
    case 'restarting':
      // Its reason is one more failure that was met.
      return {
        type: 'failure',
        at: notice.at,
        failure: notice.reason,
        generation: null,
        willRetry: true,
        retryDelayMs: null,
      };
    case 'adjusted':
    case 'progress':
    case 'activity-changed':
    case 'space-regained':
    case 'paused':
    case 'resumed':
    case 'stopped':
      return null;
  }
}
