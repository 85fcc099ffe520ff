import type { Notice } from '../engine/notice.ts';
import { describeCrossing, slowdownAdvice } from '../presentation/describe-pace.ts';
import type { Incident } from '../presentation/incident.ts';
import type { Message } from '../presentation/snapshot.ts';
import {
  type Drift,
  emptyDrift,
  foldDrift,
  type PaceChange,
  type Surroundings,
  slowdownOf,
} from '../stats/drift.ts';

export type DriftWatch = {
  follow(notice: Notice): void;
  /** While the loop is slower than it was at first; null otherwise. */
  slowdown(): PaceChange | null;
};

/** Watches the pace of the run; `look` is asked once a generation. */
export function createDriftWatch(options: {
  readonly look: () => Surroundings;
  readonly tell: (message: Pick<Message, 'tone' | 'text'>, incident: Incident) => void;
}): DriftWatch {
  let drift: Drift = emptyDrift;
  let slowdown: PaceChange | null = null;
  return {
    follow(notice) {
      const surroundings = notice.type === 'generation-finished' ? options.look() : nothingKnown;
      const { drift: next, crossing } = foldDrift(drift, notice, surroundings);
      drift = next;
      slowdown = slowdownOf(drift);
      if (crossing === null) return;
      const { kind } = crossing;
      const reason = describeCrossing(crossing);
      const isSlower = kind === 'slower';
      options.tell(
        isSlower ? { tone: 'warning', text: `${reason} ${slowdownAdvice}` } : { tone: 'good', text: reason },
        { at: notice.at, kind, reason, action: isSlower ? 'warned' : 'went on' },
      );
    },
    slowdown: () => slowdown,
  };
}

const nothingKnown: Surroundings = { ramUsed: null, vramUsed: null, fileCount: null };
