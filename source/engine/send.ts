import type { InFlight, LaneId, Work } from './lane.ts';
import { roundTripMs } from './pace.ts';
import type { Turn } from './turn.ts';

/** Sends a request; how long the GPU waited for it is known at once when nothing runs before it. */
export function send(turn: Turn, id: LaneId, work: Work): void {
  const lane = turn.lane(id);
  const number = turn.takeNumber();
  const isFirst = lane.inFlight.length === 0;
  const arrivesAt = turn.at + roundTripMs(turn.state.pace) / 2;
  const request: InFlight = {
    number,
    work,
    sentAt: turn.at,
    startedAt: isFirst ? arrivesAt : null,
    gpuIdleMs: isFirst && lane.endedAt !== null ? Math.max(0, arrivesAt - lane.endedAt) : 0,
    firstStep: null,
    preparingAt: null,
    latest: null,
    abandonment: null,
    seenJobs: [],
    stillness: null,
    hangInterruptedAt: null,
  };
  turn.changeLane(id, { inFlight: [...lane.inFlight, request] });
  if (work.attempt === 1) turn.announce({ type: 'generation-started', generation: work.planned });
  turn.perform({ type: 'generate', number, lane: id, generation: work.request, saving: turn.state.saving });
}
