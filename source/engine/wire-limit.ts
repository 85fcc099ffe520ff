import type { Failure } from '../generation/failure.ts';
import type { Generation } from '../generation/generation.ts';
import type { InFlight } from './lane.ts';
import { expectedDurationMs, expectedImageMs, type Pace, shapeKeyOf } from './pace.ts';
import type { Turn } from './turn.ts';

/** The share of the limit that a request is expected to take: generations get slower as a GPU grows warm. */
const usedShare = 0.8;

/** A proxy that gives up sooner than this has another reason, ms: the usual limits are 60 to 125 s (peers.md b6). */
const shortestLimitMs = 20_000;

/** How many images of this shape one request may make so that it ends before it is cut; one while nobody knows how long they take. */
export function imagesWithin(
  wireLimitMs: number | null,
  pace: Pace,
  generation: Pick<Generation, 'checkpoint' | 'parameters'>,
): number {
  if (wireLimitMs === null) return Number.POSITIVE_INFINITY;
  const imageMs = expectedImageMs(pace, generation);
  if (imageMs === null) return 1;
  return Math.max(1, Math.floor((usedShare * wireLimitMs) / Math.max(1, imageMs)));
}

/** A proxy's time-out (504, Cloudflare's 524) tells after how long requests are cut; from then on they are kept shorter. */
export function learnWireLimit(turn: Turn, { sentAt }: InFlight, { httpStatus }: Failure): void {
  if (httpStatus !== 524 && httpStatus !== 504) return;
  const limitMs = turn.at - sentAt;
  const { policy } = turn.state;
  if (limitMs < shortestLimitMs || limitMs >= (policy.wireLimitMs ?? Number.POSITIVE_INFINITY)) return;
  turn.change({ policy: { ...policy, wireLimitMs: limitMs } });
  turn.announce({ type: 'adjusted', adjustment: { kind: 'wire-limit', limitMs } });
}

/** A request that waits behind another spends its time on the wire, so it is not sent long before that one ends; ms since epoch. */
export function earliestSecond(head: InFlight, pace: Pace, wireLimitMs: number | null): number {
  if (wireLimitMs === null || head.startedAt === null) return Number.NEGATIVE_INFINITY;
  const durationMs = expectedDurationMs(pace, shapeKeyOf(head.work.request), 0.5);
  if (durationMs === null) return Number.POSITIVE_INFINITY;
  return head.startedAt + durationMs - 0.1 * wireLimitMs;
}
