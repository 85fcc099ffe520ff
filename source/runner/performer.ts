import type { Effect } from '../engine/effect.ts';
import type { Event } from '../engine/event.ts';
import type { LaneId } from '../engine/lane.ts';
import type { Failure, Result } from '../generation/failure.ts';
import { type Generation, imageCountOf } from '../generation/generation.ts';
import type { GeneratedImage } from '../generation/image.ts';
import type { Progress } from '../generation/webui.ts';
import type { WebUiClient } from '../webui/client.ts';
import type { PreviewReading } from '../webui/wire/preview.ts';
import type { StartPatience } from './await-webui.ts';
import { findLost } from './find-lost.ts';
import type { Galleries } from './galleries.ts';
import { findSaved, saveSent } from './keep-images.ts';
import type { LivePreviews } from './live-previews.ts';
import { createProgressPoller, type PollOutcome, type ProgressPoller } from './progress-poller.ts';
import { type Restart, restarterByItself } from './restarter.ts';
import type { SavingPlace } from './saving-place.ts';

type UntimedEvent = Event extends infer E ? (E extends Event ? Omit<E, 'at' | 'chance'> : never) : never;
type EffectOf<T extends Effect['type']> = Extract<Effect, { type: T }>;

/** Does what the loop's effects say and answers each with its event. */
export type Performer = {
  open(client: WebUiClient): void;
  perform(effect: Exclude<Effect, { type: 'announce' }>): void;
  /** Somebody has begun to look on. */
  hurry(): void;
  /** Lets go of the WebUI: what it still answers is ignored. */
  leave(): Promise<void>;
};

export function createPerformer(options: {
  readonly saving: SavingPlace;
  readonly galleries: Galleries;
  readonly previews: Pick<LivePreviews, 'isDue' | 'take' | 'failed'>;
  readonly take: (event: UntimedEvent) => void;
  readonly lane: LaneId;
  /** Null where nothing can be restarted; then the loop does not ask for it. */
  readonly restart: Restart | null;
  /** How long a WebUI that restarts itself is waited for. */
  readonly startPatience: StartPatience;
  /** How long what a lost request left may make no step, in shares of the usual time. */
  readonly hangPatience: number;
  /** Called about once a second while a request is out on a WebUI that tells no progress: estimates move on. */
  readonly onTick: () => void;
  /** Whether somebody follows the progress. */
  readonly isWatched: () => boolean;
}): Performer {
  const { saving: place, galleries, previews, take, lane, onTick, isWatched } = options;
  let client: WebUiClient | null = null;
  let left = new AbortController();
  /** Ends the waiting for answers that a restart makes impossible. */
  let atWork = new AbortController();
  let poller: ProgressPoller | null = null;
  /** Images of answers that are not saved yet, by the number of their generate effect. */
  const held = new Map<number, readonly Uint8Array[]>();
  /** Ends the wait for each answer that is outstanding, by the number of its generate effect. */
  const out = new Map<number, AbortController>();
  const timers = new Set<NodeJS.Timeout>();
  let collected: Promise<unknown> = Promise.resolve();

  /** Runs what an effect asks for, unless its WebUI was left in the meantime. */
  function answerWith<T>(work: (client: WebUiClient) => Promise<T>, tell: (result: T) => void): void {
    const asked = client;
    if (!asked) return;
    const { signal } = left;
    void work(asked).then((result) => {
      if (!signal.aborted) tell(result);
    });
  }

  function probe({ number }: EffectOf<'probe'>): void {
    answerWith(
      async (asked) => place.settle(await asked.probe(left.signal)),
      (result) => take({ type: 'probed', number, result, saving: result.ok ? place.by() : null }),
    );
  }

  function generate({ number, generation, saving }: EffectOf<'generate'>): void {
    poller?.begin();
    const ownPoller = poller;
    const dropped = new AbortController();
    out.set(number, dropped);
    const signal = AbortSignal.any([left.signal, atWork.signal, dropped.signal]);
    answerWith(
      (asked) => asked.generate(generation, { saving, signal }),
      (result) => {
        out.delete(number);
        ownPoller?.end();
        if (!result.ok) {
          take({ type: 'answered', number, result });
          return;
        }
        const { images, checkpointName, checkpointHash, jobTimestamp } = result.value;
        if (saving === 'client') held.set(number, images);
        const value = { checkpointName, checkpointHash, jobTimestamp };
        take({ type: 'answered', number, result: { ok: true, value } });
      },
    );
  }

  /** One after the other, so that images are told in the order in which they were made. */
  function collect(effect: EffectOf<'collect'>): void {
    const before = collected;
    const kept = before.then(() => keep(effect));
    collected = kept.catch(() => undefined);
    answerWith(
      () => kept,
      (result) => {
        if (result.ok) attribute(effect.generation, result.value.images, effect.durationMs);
        take({ type: 'collected', number: effect.number, result });
      },
    );
  }

  /** From here on a file is this generation's, and no other's with the same seed. */
  function attribute(generation: Generation, images: readonly GeneratedImage[], totalMs: number): void {
    const durationMs = totalMs / imageCountOf(generation);
    for (const { path, seed } of images) {
      galleries.current()?.attribute(path, { generationId: generation.id, seed, durationMs });
    }
  }

  async function keep(effect: EffectOf<'collect'>) {
    const gallery = galleries.current();
    if (!gallery) throw new Error('An answer came before it was known where images go.');
    const sent = held.get(effect.answerNumber);
    if (sent) return saveSent(gallery, effect, sent);
    return { ok: true, value: await findSaved(gallery, effect) } as const;
  }

  function reconcile(effect: EffectOf<'reconcile'>): void {
    answerWith(
      async (asked) => {
        // Where seeds are fixed, the files of a generation that was answered must be known as its own first.
        await collected;
        const gallery = galleries.current();
        if (!gallery) return { images: [], blackSeeds: [], unanswered: null };
        return findLost(gallery, asked, effect, { signal: left.signal, hangPatience: options.hangPatience });
      },
      (result) => {
        attribute(effect.generation, result.images, 0);
        take({ type: 'reconciled', number: effect.number, ...result });
      },
    );
  }

  async function poll(): Promise<PollOutcome> {
    const asked = client;
    const { signal } = left;
    if (!asked) return 'failed';
    const startedAt = performance.now();
    const at = Date.now();
    const isPreviewDue = previews.isDue(at);
    const result = await readProgress(asked, isPreviewDue);
    if (signal.aborted) return 'failed';
    if (!result.ok) {
      if (isPreviewDue) previews.failed(at);
      const isLacking = result.failure.kind === 'api-off';
      if (isLacking) onTick();
      return isLacking ? 'done' : 'failed';
    }
    const { progress, preview } = result.value;
    take({ type: 'progressed', lane, progress, roundTripMs: performance.now() - startedAt });
    await previews.take(progress, preview, at);
    // This poll had the WebUI make one. A short generation is over by the next of the usual polls.
    return previews.isDue(Date.now()) ? 'more-to-ask' : 'done';
  }

  /** A key that did not work is told; there is nothing to try again. */
  function tellFailure(failure: Failure): void {
    take({ type: 'refreshed', lane, result: { ok: false, failure } });
  }

  function act(work: (client: WebUiClient) => Promise<Result<null>>): void {
    answerWith(work, (result) => {
      if (!result.ok) tellFailure(result.failure);
    });
  }

  function refresh(): void {
    answerWith(
      async (asked) => {
        const refreshed = await asked.refreshCheckpoints();
        return refreshed.ok ? asked.probe(left.signal) : refreshed;
      },
      (result) => take({ type: 'refreshed', lane, result }),
    );
  }

  function restart({ number, way }: EffectOf<'restart'>): void {
    const byCommand = options.restart;
    // Answers that were waited for will not come, nor will a WebUI that was to restart itself.
    atWork.abort();
    atWork = new AbortController();
    const signal = AbortSignal.any([left.signal, atWork.signal]);
    answerWith(
      (asked) => {
        const perform =
          way === 'itself' ? restarterByItself(asked.restart, options.startPatience) : byCommand;
        if (perform === null) throw new Error('There is no command to restart the WebUI.');
        return perform((until) => asked.probe(until), signal);
      },
      (result) => take({ type: 'restarted', number, result }),
    );
  }

  function freeMemory({ number }: EffectOf<'free-memory'>): void {
    answerWith(
      (asked) => asked.freeMemory(),
      (result) => take({ type: 'memory-freed', number, failure: result.ok ? null : result.failure }),
    );
  }

  function wait({ number, ms }: EffectOf<'wait'>): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      take({ type: 'wait-ended', number });
    }, ms);
    timers.add(timer);
  }

  return {
    open(next) {
      client = next;
      place.forget();
      left = new AbortController();
      poller = createProgressPoller(poll, isWatched);
    },
    perform(effect) {
      switch (effect.type) {
        case 'probe':
          return probe(effect);
        case 'generate':
          return generate(effect);
        case 'collect':
          return collect(effect);
        case 'reconcile':
          return reconcile(effect);
        case 'interrupt':
          return act((asked) => asked.interrupt());
        case 'skip':
          return act((asked) => asked.skip());
        case 'refresh':
          return refresh();
        case 'restart':
          return restart(effect);
        case 'free-memory':
          return freeMemory(effect);
        case 'wait':
          return wait(effect);
        case 'drop':
          return out.get(effect.number)?.abort();
        case 'time-poll':
          return poller?.time(effect.pollAt);
        case 'release':
          held.delete(effect.answerNumber);
          return;
      }
    },
    hurry: () => poller?.hurry(),
    async leave() {
      left.abort();
      poller?.close();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      held.clear();
      out.clear();
      const old = client;
      client = null;
      await old?.close();
    },
  };
}

/** One request for both; the preview is null where it was not asked for. */
async function readProgress(
  client: WebUiClient,
  hasPreview: boolean,
): Promise<Result<{ readonly progress: Progress; readonly preview: PreviewReading | null }>> {
  if (hasPreview) return client.readPreview();
  const result = await client.readProgress();
  return result.ok ? { ok: true, value: { progress: result.value, preview: null } } : result;
}
