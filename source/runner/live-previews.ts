import { maxPreviewByteCount } from '../connection/preview-message.ts';
import { shrinkPicture } from '../gallery/shrink-picture.ts';
import type { LivePreviews as Ability, Progress } from '../generation/webui.ts';
import type { Preview } from '../presentation/preview.ts';
import type { PreviewReading } from '../webui/wire/preview.ts';
import { createPreviewPace } from './preview-pace.ts';

/** The live preview of the running generation: asked for and held only while somebody wants it. */
export type LivePreviews = {
  /** Somebody wants it, and is told of each change; returns the way to end that. */
  want(onChange: () => void): () => void;
  isWanted(): boolean;
  get(): Preview | null;
  /** Whether a poll that is sent at this time (ms since epoch) is to ask for it. */
  isDue(at: number): boolean;
  /** What a poll was told that was sent at this time; `reading` is null where it did not ask. */
  take(progress: Progress, reading: PreviewReading | null, at: number): Promise<void>;
  /** A poll that asked for it failed. */
  failed(at: number): void;
  /** The loop went on: the preview of a generation that has ended goes. */
  follow(): void;
  /** From here on another WebUI is asked. */
  startOver(): void;
};

export function createLivePreviews(options: {
  /** What the WebUI can; null while none was met. */
  readonly ability: () => Ability | null;
  /** The number of the generation on the GPU; null while there is none. */
  readonly runningId: () => number | null;
  /** Whether this is what was last told of that generation. */
  readonly isOfRunning: (progress: Progress) => boolean;
  readonly onWanted: () => void;
  /** Told once for each WebUI why a preview is left out, as a sentence. */
  readonly remark: (words: string) => void;
}): LivePreviews {
  const listeners = new Set<() => void>();
  const remarks = new Set<string>();
  let pace = createPreviewPace();
  let held: { readonly preview: Preview; readonly jobTimestamp: string } | null = null;

  function hold(next: typeof held): void {
    if (held === next) return;
    held = next;
    for (const listener of listeners) listener();
  }

  /** A preview that is left out is not asked for again at once. */
  function leaveOut(why: string, at: number): void {
    pace.rest(at);
    if (remarks.has(why)) return;
    remarks.add(why);
    options.remark(`The WebUI's live preview is left out: ${why}.`);
  }

  async function usable(reading: PreviewReading, at: number): Promise<Uint8Array | null> {
    switch (reading.kind) {
      case 'none':
        return null;
      case 'unusable':
        leaveOut(reading.reason === 'too-large' ? 'it is too large' : 'it is no picture', at);
        return null;
      case 'image': {
        if (reading.bytes.length <= maxPreviewByteCount) return reading.bytes;
        const smaller = await shrinkPicture(reading.bytes);
        if (smaller !== null && smaller.length <= maxPreviewByteCount) return smaller;
        leaveOut('it is large and cannot be made smaller', at);
        return null;
      }
    }
  }

  return {
    want(onChange) {
      // A listener of its own, since the same one may be given twice.
      const listener = () => onChange();
      listeners.add(listener);
      options.onWanted();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) held = null;
      };
    },
    isWanted: () => listeners.size > 0,
    get: () => held?.preview ?? null,
    isDue(at) {
      const ability = options.ability();
      return listeners.size > 0 && ability?.kind === 'on' && pace.isDue(ability, at);
    },
    async take(progress, reading, at) {
      const ability = options.ability();
      if (ability?.kind === 'on') pace.follow(ability, progress, at, reading !== null);
      // Someone else's job was seen before ours began (webui-api.md 5.2).
      if (held !== null && held.jobTimestamp !== progress.jobTimestamp) hold(null);
      if (reading === null || !options.isOfRunning(progress)) return;
      const bytes = await usable(reading, at);
      const generationId = options.runningId();
      if (bytes === null || generationId === null || !options.isOfRunning(progress)) return;
      if (listeners.size === 0) return;
      // The same one again is no news.
      if (held !== null && held.preview.generationId === generationId && isEqual(held.preview.bytes, bytes))
        return;
      hold({ preview: { generationId, bytes, at }, jobTimestamp: progress.jobTimestamp });
    },
    failed: (at) => pace.rest(at),
    follow() {
      if (held !== null && held.preview.generationId !== options.runningId()) hold(null);
    },
    startOver() {
      pace = createPreviewPace();
      remarks.clear();
      hold(null);
    },
  };
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
