import { type Generation, seedsOf } from '../generation/generation.ts';
import type { Event } from './event.ts';
import { announceImages, finish } from './finish.ts';
import type { Turn } from './turn.ts';

/** What an attempt without an answer left on disk: images that are there are never made again. */
export function takeReconciled(turn: Turn, event: Extract<Event, { type: 'reconciled' }>): void {
  const lane = turn.state.lanes.find(({ reconciling }) => reconciling?.number === event.number);
  if (!lane?.reconciling) return;
  const { work } = lane.reconciling;
  turn.changeLane(lane.id, { reconciling: null });
  const { images } = event;
  const found = new Set(images.map(({ seed }) => seed));
  const missing = seedsOf(work.request).filter((seed) => !found.has(seed));
  const savedAt = Math.max(...images.map((image) => image.savedAt), work.firstSentAt ?? turn.at);
  const durationMs = savedAt - (work.firstSentAt ?? savedAt);
  if (missing.length === 0) {
    finish(turn, work, { outcome: 'finished', images, durationMs, gpuIdleMs: 0 });
    return;
  }
  announceImages(turn, work, images, durationMs);
  const rest = {
    ...work,
    request: restOf(work.request, missing),
    landedCount: work.landedCount + images.length,
  };
  turn.changeLane(lane.id, {
    pending: [{ work: rest, mustReconcile: false }, ...turn.lane(lane.id).pending],
  });
}

/** The request for the seeds that are missing. They are a run: a server writes a generation's images in order. */
function restOf(generation: Generation, missing: readonly number[]): Generation {
  const first = missing[0] ?? generation.firstSeed;
  const last = missing.at(-1) ?? first;
  const count = last - first + 1;
  let batchSize = Math.min(generation.parameters.batchSize, count);
  while (count % batchSize !== 0) batchSize--;
  return {
    ...generation,
    firstSeed: first,
    parameters: { ...generation.parameters, batchSize, batchCount: count / batchSize },
  };
}
