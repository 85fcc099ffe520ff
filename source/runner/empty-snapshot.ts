import { initialState } from '../engine/state.ts';
import type { Snapshot } from '../presentation/snapshot.ts';
import { noGrowth } from '../stats/memory-growth.ts';
import { emptyStats } from '../stats/stats.ts';
import { buildSnapshot } from './build-snapshot.ts';

/** What a screen shows before it has heard of its runner; `at` in ms since epoch. */
export function emptySnapshot(facts: {
  readonly at: number;
  readonly url: string;
  readonly isDemo: boolean;
}): Snapshot {
  const { at, url, isDemo } = facts;
  return {
    ...buildSnapshot({
      at,
      startedAt: at,
      url,
      isDemo,
      state: initialState({ at, lanes: [0], saving: 'client', maySwitchSaving: false }),
      stats: emptyStats(at),
      saving: null,
      freeBytes: null,
      floorBytes: 0,
      slowdown: null,
      memory: null,
      growth: () => noGrowth,
      messages: [],
      ledgerTrouble: null,
    }),
    files: {
      directory: null,
      status: { kind: 'unknown-directory' },
      totalCount: 0,
      totalByteCount: 0,
      matchCount: 0,
      filter: '',
      firstIndex: 0,
      rows: [],
    },
    absence: null,
  };
}
