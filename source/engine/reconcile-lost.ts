import type { Lane } from './lane.ts';
import { expectedDurationMs, shapeKeyOf } from './pace.ts';
import type { Turn } from './turn.ts';

/**
 * Has the images of a lost answer looked for before anything else is sent, which waits for what is in flight, since the WebUI works
 * in order; tells whether there is such an answer.
 */
export function reconcileLost(turn: Turn, lane: Lane): boolean {
  const isStopping = turn.state.intention === 'stop';
  const lost = lane.pending.find(({ mustReconcile, isLeft }) => mustReconcile && !(isLeft && isStopping));
  if (!lost) return false;
  if (lane.inFlight.length > 0) return true;
  const number = turn.takeNumber();
  turn.changeLane(lane.id, {
    reconciling: { number, work: lost.work },
    pending: lane.pending.filter((each) => each !== lost),
  });
  turn.perform({
    type: 'reconcile',
    number,
    lane: lane.id,
    generation: lost.work.request,
    sentAt: lost.work.firstSentAt ?? turn.at,
    expectedMs: expectedDurationMs(turn.state.pace, shapeKeyOf(lost.work.request), 1),
    hasHung: lost.work.hangCount > 0,
    saving: turn.state.saving,
  });
  return true;
}
