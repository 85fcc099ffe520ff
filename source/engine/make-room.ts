import type { Failure } from '../generation/failure.ts';
import { memoryShapeOf, stepDown, stepUp, withAdaptation } from './adaptation.ts';
import { fitWork } from './fit-work.ts';
import type { InFlight, LaneId, Work } from './lane.ts';
import { loseLink } from './link.ts';
import type { Measure } from './measure.ts';
import { roomFor } from './room.ts';
import type { Turn } from './turn.ts';

/** Decides what is tried after a request ran out of memory; null once nothing is left to try for this generation. */
export function makeRoom(turn: Turn, id: LaneId, { work }: InFlight): Measure | null {
  const lane = turn.lane(id);
  if (lane.webUi === null) return null;
  // It was sent before the request ahead of it ran out of memory.
  if (lane.freeing === 'wanted') return { kind: 'free-memory' };
  const { limits, canFreeMemory } = lane.webUi;
  const now = fitWork(work, roomFor(turn.state, work.planned, limits)).request.parameters;
  const asked = work.request.parameters;
  if (now.width < asked.width || now.height < asked.height) return smallerSize(now);
  const shape = memoryShapeOf(work.planned);
  const rung = stepDown(turn.state.adaptations, shape, {
    batchSize: asked.batchSize,
    canFree: canFreeMemory,
    mayShrink: turn.state.policy.mayShrinkSize,
  });
  turn.change({ adaptations: withAdaptation(turn.state.adaptations, shape, rung.adaptation) });
  const next = fitWork(work, roomFor(turn.state, work.planned, limits)).request.parameters;
  switch (rung.kind) {
    case 'free-memory':
      turn.changeLane(id, { freeing: 'wanted' });
      return { kind: 'free-memory' };
    case 'smaller-batch':
      return { kind: 'smaller-batch', batchSize: next.batchSize };
    case 'smaller-size':
      return smallerSize(next);
    case 'give-up':
      return null;
  }
}

function smallerSize({ width, height }: { readonly width: number; readonly height: number }): Measure {
  return { kind: 'smaller-size', width, height };
}

/** Has the WebUI free its memory once nothing of ours runs on it (webui-api.md 8); tells whether that goes before anything else. */
export function freeMemory(turn: Turn, id: LaneId): boolean {
  const { freeing, inFlight } = turn.lane(id);
  if (freeing === null) return false;
  if (freeing === 'wanted' && inFlight.length === 0) {
    const number = turn.takeNumber();
    turn.changeLane(id, { freeing: { number } });
    turn.perform({ type: 'free-memory', number, lane: id });
  }
  return true;
}

/** The memory is free, or could not be freed: either way the next attempt tells. */
export function takeFreed(turn: Turn, number: number, failure: Failure | null): void {
  const lane = turn.state.lanes.find(
    ({ freeing }) => freeing !== null && freeing !== 'wanted' && freeing.number === number,
  );
  if (!lane) return;
  turn.changeLane(lane.id, { freeing: null });
  const isAway = failure?.kind === 'unreachable' || failure?.kind === 'connection-lost';
  if (isAway && turn.lane(lane.id).link.kind === 'connected') loseLink(turn, lane.id, failure);
}

/** A generation went well: what was too much for the memory before may be tried again some time. */
export function learnRoom(turn: Turn, { planned }: Work): void {
  const shape = memoryShapeOf(planned);
  const known = turn.state.adaptations.find((each) => each.shape === shape);
  if (!known) return;
  const plannedBatchSize = turn.state.plan?.parameters.batchSize ?? planned.parameters.batchSize;
  const { adaptation, hasClimbed } = stepUp(known, plannedBatchSize);
  turn.change({ adaptations: withAdaptation(turn.state.adaptations, shape, adaptation) });
  if (hasClimbed && adaptation !== null) {
    const { batchSize, shrinkCount } = adaptation;
    turn.announce({
      type: 'adjusted',
      adjustment: {
        kind: 'more-again',
        batchSize: batchSize ?? plannedBatchSize,
        isFullSize: shrinkCount === 0,
      },
    });
  }
}
