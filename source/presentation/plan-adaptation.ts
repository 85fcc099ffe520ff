import { adaptationOf, memoryShapeOf } from '../engine/adaptation.ts';
import { fitBatches } from '../engine/fit-work.ts';
import { inItsNames } from '../engine/plan-work.ts';
import { roomFor } from '../engine/room.ts';
import type { LoopState } from '../engine/state.ts';
import { wireLimitOf } from '../engine/wire-limit.ts';
import { smallerSize } from '../generation/generation-limits.ts';
import type { GenerationParameters } from '../generation/parameters.ts';
import { formatDuration } from './durations.ts';

type Amount = Pick<GenerationParameters, 'width' | 'height' | 'batchSize' | 'batchCount'>;

/** What of the plan is made smaller than asked for, and why; what the WebUI cannot do at all is no part of it. */
export type PlanAdaptation = {
  readonly asked: Amount;
  readonly made: Amount;
  readonly because: { readonly kind: 'memory' } | { readonly kind: 'wire-limit'; readonly limitMs: number };
};

/** Null where all is made as planned. */
export function planAdaptationOf(state: LoopState): PlanAdaptation | null {
  const webUi = state.lanes.find((lane) => lane.webUi !== null)?.webUi;
  if (state.plan === null || !webUi) return null;
  const asked = inItsNames(state.plan, webUi);
  const room = roomFor(state, asked, webUi.limits);
  const fitted = fitBatches(asked.parameters, room);
  const made = { ...fitted, ...smallerSize(fitted, room.shrinkCount, room.sizeRule) };
  if (sameAmount(made, asked.parameters)) return null;
  const isMemory = adaptationOf(state.adaptations, memoryShapeOf(asked)) !== null;
  const wireLimitMs = wireLimitOf(state);
  return {
    asked: amountOf(asked.parameters),
    made: amountOf(made),
    because:
      isMemory || wireLimitMs === null ? { kind: 'memory' } : { kind: 'wire-limit', limitMs: wireLimitMs },
  };
}

/** `2 images at once in place of 4: memory was short`: one line, without its full stop. */
export function describePlanAdaptation({ asked, made, because }: PlanAdaptation): string {
  const size =
    made.width === asked.width && made.height === asked.height
      ? null
      : `${made.width}x${made.height} in place of ${asked.width}x${asked.height}`;
  const counts =
    because.kind === 'memory' ? [made.batchSize, asked.batchSize] : [countOf(made), countOf(asked)];
  const [madeCount, askedCount] = counts;
  const images =
    madeCount === askedCount
      ? null
      : `${madeCount} ${madeCount === 1 ? 'image' : 'images'} at once in place of ${askedCount}`;
  const why =
    because.kind === 'memory'
      ? 'memory was short'
      : `a proxy cuts requests after ${formatDuration(because.limitMs)}`;
  return `${[images, size].filter((part) => part !== null).join(', ')}: ${why}`;
}

function sameAmount(one: Amount, other: Amount): boolean {
  return JSON.stringify(amountOf(one)) === JSON.stringify(amountOf(other));
}

function amountOf({ width, height, batchSize, batchCount }: Amount): Amount {
  return { width, height, batchSize, batchCount };
}

function countOf({ batchSize, batchCount }: Amount): number {
  return batchSize * batchCount;
}
