import type { Effect } from '../engine/effect.ts';
import type { Notice } from '../engine/notice.ts';
import type { LoopState } from '../engine/state.ts';
import type { Ledger, LoopMemory } from '../ledger/ledger.ts';

/** Hands to the ledger what a transition brought, where that is worth keeping. */
export type LedgerWriter = {
  /** `at` in ms since epoch. */
  write(at: number, state: LoopState, effects: readonly Effect[]): void;
};

export function createLedgerWriter(ledger: Ledger | null): LedgerWriter {
  let written: LoopMemory | null = null;
  return {
    write(at, { plan, position, intention, ended, saving }, effects) {
      if (ledger === null) return;
      const notices = effects.flatMap((effect) =>
        effect.type === 'announce' && isKept(effect.notice) ? [effect.notice] : [],
      );
      const isSame =
        written !== null &&
        written.plan === plan &&
        written.position === position &&
        written.intention === intention &&
        written.ended === ended;
      if (isSame && notices.length === 0) return;
      written = { plan, position, intention, ended };
      ledger.record({ at, notices, memory: written, saving });
    },
  };
}

/** A poll of progress is of the moment only. */
function isKept({ type }: Notice): boolean {
  return type !== 'progress' && type !== 'activity-changed';
}
