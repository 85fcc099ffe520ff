import { seedsOf } from '../generation/generation.ts';
import type { Collecting, InFlight, LaneId } from './lane.ts';
import type { Turn } from './turn.ts';

/** Has an answered generation's images found or written. */
export function collect(
  turn: Turn,
  id: LaneId,
  request: InFlight,
  told: Pick<Collecting, 'durationMs' | 'othersCount'>,
): void {
  const number = turn.takeNumber();
  const entry: Collecting = {
    number,
    waiting: null,
    answerNumber: request.number,
    work: request.work,
    sentAt: request.sentAt,
    ...told,
    gpuIdleMs: request.gpuIdleMs,
    abandonment: request.abandonment,
    failureCount: 0,
  };
  turn.changeLane(id, { collecting: [...turn.lane(id).collecting, entry] });
  performCollect(turn, id, entry);
}

/** Tries again to find or write images that could not be before. */
export function collectAgain(turn: Turn, id: LaneId, entry: Collecting): void {
  const again: Collecting = { ...entry, number: turn.takeNumber(), waiting: null };
  turn.changeLane(id, {
    collecting: turn.lane(id).collecting.map((each) => (each.number === entry.number ? again : each)),
  });
  performCollect(turn, id, again);
}

function performCollect(turn: Turn, id: LaneId, entry: Collecting): void {
  turn.perform({
    type: 'collect',
    number: entry.number,
    lane: id,
    answerNumber: entry.answerNumber,
    generation: entry.work.request,
    wantedSeeds: wantedSeedsOf(entry),
    sentAt: entry.sentAt,
    saving: turn.state.saving,
    durationMs: entry.durationMs,
  });
}

/** The seeds whose images must come; fewer than planned where a person gave some up. */
export function wantedSeedsOf(entry: Collecting): readonly number[] {
  return entry.abandonment?.wantedSeeds ?? seedsOf(entry.work.request);
}
