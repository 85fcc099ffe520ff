import type { Effect } from '../engine/effect.ts';
import { isSameLearnt, learntOf } from '../engine/learnt.ts';
import type { Notice } from '../engine/notice.ts';
import type { LoopState } from '../engine/state.ts';
import type { Ledger, LoopMemory } from '../ledger/ledger.ts';

/** Hands to the ledger what a transition brought, where that is worth keeping. */
export type LedgerWriter = {
  /** `at` in ms since epoch. */
  write(at: number, state: LoopState, effects: readonly Effect[]): void;
  /** From here on what the loop is told is not kept: the next runner goes on with what was wanted before. */
  freezeMemory(): void;
};

export function createLedgerWriter(ledger: Ledger | null): LedgerWriter {
  let written: LoopMemory | null = null;
  let isFrozen = false;
  return {
    write(at, state, effects) {
      const { plan, position, intention, ended, saving } = state;
      if (ledger === null) return;
      const notices = effects.flatMap((effect) =>
        effect.type === 'announce' && isKept(effect.notice) ? [effect.notice] : [],
      );
      const learnt = learntOf(state);
      const next =
        isFrozen && written !== null
          ? { ...written, position, learnt }
          : { plan, position, intention, ended, learnt };
      if (written !== null && isSame(written, next) && notices.length === 0) return;
      written = written !== null && isSame(written, next) ? written : next;
      ledger.record({ at, notices, memory: written, saving });
    },
    freezeMemory() {
      isFrozen = true;
    },
  };
}

const nothing = { adaptations: [], wireLimitMs: null };

/** Plans and positions are never changed in place. */
function isSame(one: LoopMemory, other: LoopMemory): boolean {
  return (
    one.plan === other.plan &&
    one.position === other.position &&
    one.intention === other.intention &&
    one.ended === other.ended &&
    isSameLearnt(one.learnt ?? nothing, other.learnt ?? nothing)
  );
}

/** A poll of progress is of the moment only. */
function isKept({ type }: Notice): boolean {
  return type !== 'progress' && type !== 'activity-changed';
}
