import type { Effect } from './effect.ts';
import { endWait } from './end-wait.ts';
import type { Event } from './event.ts';
import { openLane, takeProbe, takeRefresh } from './link.ts';
import { takeFreed } from './make-room.ts';
import { obey } from './obey.ts';
import { pump } from './pump.ts';
import { takeEnded, takeRestarted, wantRestart } from './restart.ts';
import { restore } from './restore.ts';
import { settle } from './settle.ts';
import type { LoopState } from './state.ts';
import { takeAnswer } from './take-answer.ts';
import { takeCollected } from './take-collected.ts';
import { takeProgress } from './take-progress.ts';
import { takeReconciled } from './take-reconciled.ts';
import { takeSpace } from './take-space.ts';
import { Turn } from './turn.ts';

/**
 * The whole logic of the loop: what an event changes and what is to be done about it. Pure: the same state and event always give
 * the same answer, and a state is never changed in place.
 */
export function transition(state: LoopState, event: Event): readonly [LoopState, readonly Effect[]] {
  const turn = new Turn(state, event);
  take(turn, event);
  pump(turn);
  settle(turn);
  return [turn.state, turn.effects];
}

function take(turn: Turn, event: Event): void {
  switch (event.type) {
    case 'command-given':
      return obey(turn, event.command);
    case 'lane-opened':
      if (event.canRestart !== undefined) turn.change({ canRestart: event.canRestart });
      return openLane(turn, event.lane);
    case 'probed':
      return takeProbe(turn, event);
    case 'refreshed':
      return takeRefresh(turn, event);
    case 'progressed':
      return takeProgress(turn, event);
    case 'answered':
      return takeAnswer(turn, event);
    case 'collected':
      return takeCollected(turn, event);
    case 'reconciled':
      return takeReconciled(turn, event);
    case 'restored':
      return restore(turn, event.lane, event.cutOff);
    case 'space-told':
      return takeSpace(turn, event);
    case 'restarted':
      return takeRestarted(turn, event);
    case 'webui-ended':
      return takeEnded(turn, event.lane, event.failure);
    case 'restart-wanted':
      return wantRestart(turn, event.lane, event.reason);
    case 'memory-freed':
      return takeFreed(turn, event.number, event.failure);
    case 'wait-ended':
      return endWait(turn, event.number);
  }
}
