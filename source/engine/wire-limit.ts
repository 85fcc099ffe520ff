import type { Failure } from '../generation/failure.ts';
import type { Generation } from '../generation/generation.ts';
import type { InFlight, Work } from './lane.ts';
import { climb, fallBack } from './learnt-wire.ts';
import { expectedDurationMs, expectedImageMs, type Pace, shapeKeyOf } from './pace.ts';
import type { LoopState } from './state.ts';
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

/** After so long requests are cut on their way, as a person says or as was learnt, whichever is shorter; null where nothing is known, ms. */
export function wireLimitOf({ policy, wire }: Pick<LoopState, 'policy' | 'wire'>): number | null {
  if (policy.wireLimitMs === null || wire === null) return wire?.limitMs ?? policy.wireLimitMs;
  return Math.min(policy.wireLimitMs, wire.limitMs);
}

/** A proxy's time-out (504, Cloudflare's 524) tells after how long requests are cut; from then on they are kept shorter. */
export function learnWireLimit(turn: Turn, { sentAt }: InFlight, { httpStatus }: Failure): void {
  if (httpStatus !== 524 && httpStatus !== 504) return;
  const cutAfterMs = turn.at - sentAt;
  if (cutAfterMs < shortestLimitMs || cutAfterMs >= (wireLimitOf(turn.state) ?? Number.POSITIVE_INFINITY))
    return;
  const wire = fallBack(turn.state.wire, cutAfterMs);
  turn.change({ wire });
  turn.announce({ type: 'adjusted', adjustment: { kind: 'wire-limit', limitMs: wire.limitMs } });
}

/** A generation went well: a limit that was learnt may have been one of its day, and longer requests are tried some time. */
export function learnWireRoom(turn: Turn, { planned }: Work): void {
  const { wire, policy, pace, plan } = turn.state;
  if (wire === null || plan === null) return;
  const { batchSize, batchCount } = plan.parameters;
  const wanted = Math.min(batchSize * batchCount, imagesWithin(policy.wireLimitMs, pace, planned));
  const climbed = climb(wire, imagesWithin(wire.limitMs, pace, planned) < wanted);
  turn.change({ wire: climbed.wire });
  if (climbed.hasClimbed && climbed.wire !== null) {
    const { limitMs } = climbed.wire;
    turn.announce({ type: 'adjusted', adjustment: { kind: 'longer-again', limitMs } });
  }
}

/** A request that waits behind another spends its time on the wire, so it is not sent long before that one ends; ms since epoch. */
export function earliestSecond(head: InFlight, pace: Pace, wireLimitMs: number | null): number {
  if (wireLimitMs === null || head.startedAt === null) return Number.NEGATIVE_INFINITY;
  const durationMs = expectedDurationMs(pace, shapeKeyOf(head.work.request), 0.5);
  if (durationMs === null) return Number.POSITIVE_INFINITY;
  return head.startedAt + durationMs - 0.1 * wireLimitMs;
}
