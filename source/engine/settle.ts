import { ordersOf } from '../plan/order.ts';
import { isBusy } from './lane.ts';
import type { LoopState, Rest } from './state.ts';
import type { Turn } from './turn.ts';

/** Says what the loop has come to once everything that could be done was done: resting, active, ended. */
export function settle(turn: Turn): void {
  end(turn);
  const isActive = turn.state.lanes.some(({ inFlight }) => inFlight.length > 0);
  if (isActive !== turn.state.isActive) {
    turn.change({ isActive });
    turn.announce({ type: 'activity-changed', isActive });
  }
  const kind = restOf(turn.state);
  const before = turn.state.rest;
  if (kind === (before?.kind ?? null)) return;
  turn.change({ rest: kind === null ? null : { kind, since: turn.at } });
  if (kind === 'paused') turn.announce({ type: 'paused' });
  else if (kind === 'needs-you') turn.announce({ type: 'stopped', reason: 'needs-you' });
  else if (kind === 'stopped') announceEnd(turn);
  else turn.announce({ type: 'resumed' });
}

function announceEnd(turn: Turn): void {
  const { ended, lanes } = turn.state;
  const leftCount = lanes.reduce((count, { pending }) => count + pending.length, 0);
  turn.announce({ type: 'stopped', reason: ended ?? 'asked', ...(leftCount === 0 ? {} : { leftCount }) });
}

function end(turn: Turn): void {
  const { ended, intention, plan, position } = turn.state;
  if (ended !== null || hasWork(turn.state)) return;
  if (intention === 'stop') turn.change({ ended: 'asked' });
  else if (
    plan?.goal &&
    position !== null &&
    ordersOf(position).length === 0 &&
    position.plannedImageCount >= plan.goal.count
  ) {
    turn.change({ ended: 'goal-reached', intention: 'stop' });
  }
}

function restOf(state: LoopState): Rest['kind'] | null {
  if (state.ended !== null) return 'stopped';
  if (state.lanes.some(isBusy)) return null;
  if (state.trouble !== null) return 'needs-you';
  return state.intention === 'pause' ? 'paused' : null;
}

function hasWork({ lanes }: LoopState): boolean {
  return lanes.some((lane) => isBusy(lane) || lane.pending.some(({ isLeft }) => !isLeft));
}
