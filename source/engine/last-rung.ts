import type { Failure } from '../generation/failure.ts';
import type { LaneId, Work } from './lane.ts';
import type { Turn } from './turn.ts';

/** What is left to do with a WebUI that hangs although it was interrupted and asked again: a person must restart it. */
export function lastRung(turn: Turn, _id: LaneId, failure: Failure, { planned }: Work): void {
  if (turn.state.trouble !== null) return;
  turn.change({ trouble: failure });
  turn.announce({ type: 'failure', failure, generation: planned, willRetry: false, retryDelayMs: null });
}
