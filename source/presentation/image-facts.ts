import { parseInfotext } from '../generation/infotext.ts';

/** What is known of an image, by the ledger or by its file; null for what neither tells. */
export type ImageFacts = {
  /** Absolute. */
  readonly path: string;
  /** Within its run; the ledger alone knows it. */
  readonly generation: number | null;
  readonly seed: number | null;
  /** Pixels; null where the file was never read. */
  readonly width: number | null;
  readonly height: number | null;
  readonly byteCount: number;
  /** The file's modification time, ms since epoch. */
  readonly savedAt: number;
  readonly checkpoint: string | null;
  readonly prompt: string | null;
  readonly negativePrompt: string | null;
  readonly sampler: string | null;
  readonly scheduler: string | null;
  readonly steps: number | null;
  readonly cfgScale: number | null;
  /** The generation's wall time divided by its images; the ledger alone knows it. */
  readonly durationMs: number | null;
  /** The WebUI's. */
  readonly version: string | null;
};

/** Of a file that nobody knows anything of. */
export function unknownImage(path: string): ImageFacts {
  return {
    path,
    generation: null,
    seed: null,
    width: null,
    height: null,
    byteCount: 0,
    savedAt: 0,
    checkpoint: null,
    prompt: null,
    negativePrompt: null,
    sampler: null,
    scheduler: null,
    steps: null,
    cfgScale: null,
    durationMs: null,
    version: null,
  };
}

/** What an infotext tells of how its image was made. */
export function factsOfInfotext(infotext: string) {
  const { model, seed, prompt, negativePrompt, sampler, scheduler, steps, cfgScale, version } =
    parseInfotext(infotext);
  return { checkpoint: model, seed, prompt, negativePrompt, sampler, scheduler, steps, cfgScale, version };
}

/** Which images are wanted, by what is known of them; null for a property that does not matter. */
export type ImageFilter = {
  /** Saved then or later, ms since epoch. */
  readonly since: number | null;
  /** A part of the checkpoint's title, in upper or lower case. */
  readonly model: string | null;
  readonly seed: number | null;
  /** Terms separated by blanks, all of which the prompt has. */
  readonly prompt: string | null;
};
