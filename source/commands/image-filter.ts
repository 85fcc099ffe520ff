import { searchTerms } from '../ledger/prompt-search.ts';
import type { ImageFilter } from '../presentation/image-facts.ts';
import type { Reading } from '../settings/read-text.ts';
import type { Flags } from './flags.ts';
import type { ListedImage } from './list-images.ts';
import { parseSince } from './since.ts';

/** What the flags of `sdloop images` choose; what the environment and the settings say of a loop does not count. */
export function readImageFilter({ settings, since }: Flags, now: number): Reading<ImageFilter> {
  const { model = null, prompt = null, seed = null } = settings;
  const sinceAt = since === null ? null : parseSince(since, now);
  if (since !== null && sinceAt === null) {
    return {
      ok: false,
      message:
        '--since must be a time such as 45m, 2h, 3d, 2026-11-22 or 2026-11-22T21:00 (the local time of this machine).',
    };
  }
  if (seed !== null && !/^\d+$/.test(seed)) {
    return { ok: false, message: '--seed must be a number here: the seed of the images to list.' };
  }
  return { ok: true, value: { since: sinceAt, model, prompt, seed: seed === null ? null : Number(seed) } };
}

/** Whether a file passes the filter, as the ledger would decide it. */
export function passesFilter(image: ListedImage, { since, model, seed, prompt }: ImageFilter): boolean {
  const has = (text: string | null, part: string) =>
    text?.toLowerCase().includes(part.toLowerCase()) ?? false;
  return (
    (since === null || image.savedAt >= since) &&
    (seed === null || image.seed === seed) &&
    (model === null || has(image.checkpoint, model)) &&
    (prompt === null || searchTerms(prompt).every((term) => has(image.prompt, term)))
  );
}
