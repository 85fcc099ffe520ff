import type { Failure } from '../generation/failure.ts';
import type { LaneId, Work } from './lane.ts';
import { restartLane } from './restart.ts';
import type { Turn } from './turn.ts';

/**
 * What is left to do with a WebUI that hangs although it was interrupted and asked again: it is restarted, or a person must do so where the loop
 * cannot.
 */
export function lastRung(turn: Turn, id: LaneId, failure: Failure, { planned }: Work): void {
  if (turn.state.trouble !== null || restartLane(turn, id, failure)) return;
  turn.change({ trouble: failure });
  turn.announce({ type: 'failure', failure, generation: planned, willRetry: false, retryDelayMs: null });
}
