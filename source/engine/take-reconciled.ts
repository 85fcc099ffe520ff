import type { Failure } from '../generation/failure.ts';
import { imageCountOf, seedsOf } from '../generation/generation.ts';
import type { Event } from './event.ts';
import { announceImages, finish } from './finish.ts';
import type { Pending, Work } from './lane.ts';
import { lastRung } from './last-rung.ts';
import { loseLink } from './link.ts';
import type { Turn } from './turn.ts';
import { withSeeds } from './with-seeds.ts';

/** What an attempt without an answer left on disk: images that are there are never made again. */
export function takeReconciled(turn: Turn, event: Extract<Event, { type: 'reconciled' }>): void {
  const lane = turn.state.lanes.find(({ reconciling }) => reconciling?.number === event.number);
  if (!lane?.reconciling) return;
  const { work } = lane.reconciling;
  turn.changeLane(lane.id, { reconciling: null });
  const { images, blackSeeds } = event;
  // SD.Next's state stands still after an exception, and means nothing then (webui-api.md 5.2).
  const isMeaningless = event.unanswered?.kind === 'hung' && lane.webUi?.family === 'sdnext';
  const unanswered = isMeaningless ? null : event.unanswered;
  if (unanswered !== null) {
    // A stop does not wait for a WebUI that is away.
    const isLeft = turn.state.intention === 'stop';
    const pending: Pending = { work, mustReconcile: true, ...(isLeft ? { isLeft } : {}) };
    turn.changeLane(lane.id, { pending: [pending, ...turn.lane(lane.id).pending] });
    if (isLeft) return;
    if (unanswered.kind === 'hung') lastRung(turn, lane.id, unanswered, work);
    else if (turn.lane(lane.id).link.kind === 'connected') loseLink(turn, lane.id, unanswered);
    return;
  }
  // The same seed would come out black again.
  const found = new Set([...images.map(({ seed }) => seed), ...blackSeeds]);
  const missing = [...seedsOf(work.request), ...work.laterSeeds].filter((seed) => !found.has(seed));
  const savedAt = Math.max(...images.map((image) => image.savedAt), work.firstSentAt ?? turn.at);
  const durationMs = savedAt - (work.firstSentAt ?? savedAt);
  if (blackSeeds.length > 0) tellBlack(turn, work, blackSeeds.length);
  if (missing.length === 0) {
    const hasLanded = work.landedCount + images.length > 0;
    finish(turn, work, { outcome: hasLanded ? 'finished' : 'given-up', images, durationMs, gpuIdleMs: 0 });
    return;
  }
  if (work.isOver) {
    finish(turn, work, { outcome: 'abandoned', images, durationMs, gpuIdleMs: 0 });
    return;
  }
  announceImages(turn, work, images, durationMs);
  const rest = { ...withSeeds(work, missing), landedCount: work.landedCount + images.length };
  turn.changeLane(lane.id, {
    pending: [{ work: rest, mustReconcile: false }, ...turn.lane(lane.id).pending],
  });
}

function tellBlack(turn: Turn, { planned, request }: Work, count: number): void {
  const failure: Failure = { kind: 'black-image', detail: `${count} of ${imageCountOf(request)}` };
  turn.announce({ type: 'failure', failure, generation: planned, willRetry: false, retryDelayMs: null });
}
