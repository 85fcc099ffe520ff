import type { Notice } from '../../engine/notice.ts';
import type { Failure } from '../../generation/failure.ts';
import { type Generation, seedsOf } from '../../generation/generation.ts';
import { describeAdjustment } from '../../presentation/describe-adjustment.ts';
import { type CallOf, describeFailure } from '../../presentation/describe-failure.ts';
import { shownUrl } from '../../presentation/shown-url.ts';

/** An object of `--json`, before the schema's name is added. */
export type Event = { readonly type: string; readonly at: number; readonly [key: string]: unknown };

/** The `--json` object for a notice; null for those that only change the state, which has an event of its own. */
export function noticeEvent(notice: Notice, url: string, call?: CallOf): Event | null {
  const { at } = notice;
  switch (notice.type) {
    case 'connected': {
      const { webUi } = notice;
      return {
        type: 'connected',
        at,
        url: shownUrl(webUi.url),
        family: webUi.family,
        version: webUi.version,
        models: webUi.checkpoints.length,
        isReconnect: notice.isReconnect,
      };
    }
    case 'generation-started':
      return { type: 'generation-started', at, ...generationFields(notice.generation) };
    case 'progress': {
      const { step, stepCount, passNumber, passCount } = notice.progress;
      return {
        type: 'progress',
        at,
        generation: notice.generation.id,
        step,
        stepCount,
        passNumber,
        passCount,
      };
    }
    case 'image': {
      const { image, generation } = notice;
      return {
        type: 'image',
        at,
        generation: generation.id,
        seed: image.seed,
        path: image.path,
        width: image.width,
        height: image.height,
        bytes: image.byteCount,
        checkpoint: notice.checkpoint,
        prompt: generation.parameters.prompt,
        durationMs: Math.round(notice.durationMs),
      };
    }
    case 'generation-finished':
      return {
        type: 'generation-finished',
        at,
        generation: notice.generation.id,
        outcome: notice.outcome,
        images: notice.imageCount,
        durationMs: Math.round(notice.durationMs),
        gpuIdleMs: Math.round(notice.gpuIdleMs),
      };
    case 'failure': {
      const { failure, willRetry, retryDelayMs, measure = null } = notice;
      const generation = notice.generation?.id ?? null;
      return { ...failureEvent(failure, url, at, willRetry, call), generation, retryDelayMs, measure };
    }
    case 'restarting': {
      const { reason } = notice;
      const message = describeFailure(reason, { url }).what;
      return { type: 'restarting', at, kind: reason.kind, message, way: notice.way };
    }
    case 'adjusted':
      return {
        type: 'adjusted',
        at,
        ...notice.adjustment,
        message: describeAdjustment(notice.adjustment),
      };
    case 'activity-changed':
    case 'space-regained':
    case 'paused':
    case 'resumed':
    case 'stopped':
      return null;
  }
}

/** The `--json` object for a failure, with the same words that a person gets. */
export function failureEvent(
  failure: Failure,
  url: string,
  at: number,
  willRetry: boolean,
  call?: CallOf,
): Event {
  return {
    type: 'failure',
    at,
    kind: failure.kind,
    message: failureSentences(failure, url, willRetry, call),
    willRetry,
  };
}

/** What happened and what to do about it, in one line. */
export function failureSentences(failure: Failure, url: string, willRetry: boolean, call?: CallOf): string {
  const { what, todo } = describeFailure(failure, { url, willRetry, ...(call && { call }) });
  return `${what} ${todo}`;
}

function generationFields(generation: Generation): Record<string, unknown> {
  const { batchSize, batchCount, ...parameters } = generation.parameters;
  return {
    generation: generation.id,
    checkpoint: generation.checkpoint,
    ...parameters,
    batchSize,
    batchCount,
    seeds: seedsOf(generation),
  };
}
