import type { Failure } from '../generation/failure.ts';
import type { Event } from './event.ts';
import type { LowSpace } from './state.ts';
import type { Turn } from './turn.ts';

/** So much more than the floor must be free before the loop goes on, so that it does not stop again with the next image. */
const enoughShare = 1.1;

/** Rests below the floor and goes on by itself once there is room again; what is in flight is not held back. */
export function takeSpace(turn: Turn, event: Extract<Event, { type: 'space-told' }>): void {
  const { lowSpace } = turn.state;
  const { freeBytes, floorBytes, nextLookAt } = event;
  const wantedBytes = lowSpace === null ? floorBytes : floorBytes * enoughShare;
  // A directory of which nothing is known is not held against the loop: a failure to save would tell.
  if (floorBytes <= 0 || freeBytes === null || freeBytes >= wantedBytes) {
    if (lowSpace === null) return;
    turn.change({ lowSpace: null });
    if (freeBytes !== null) turn.announce({ type: 'space-regained', freeBytes });
    return;
  }
  const low: LowSpace = { freeBytes, floorBytes, nextLookAt };
  turn.change({ lowSpace: low });
  if (lowSpace !== null) return;
  turn.announce({
    type: 'failure',
    failure: lowSpaceFailure(low),
    generation: null,
    willRetry: true,
    retryDelayMs: null,
  });
}

/** Low space as the failure that it is shown as. */
export function lowSpaceFailure({ freeBytes, floorBytes }: LowSpace): Failure {
  return { kind: 'low-space', detail: '', freeBytes, floorBytes };
}
