import { cleanText } from '../../presentation/clean-text.ts';
import { formatFileTime } from '../../presentation/clock-time.ts';
import type { ListedImage } from '../list-images.ts';
import type { Event } from './notice-event.ts';

const longestPrompt = 60;

/** The `--json` object of `sdloop images`: like the `image` event of a run, as far as the file itself tells. */
export function imageEvent({ savedAt, byteCount, durationMs, ...image }: ListedImage): Event {
  const rounded = durationMs === null ? null : Math.round(durationMs);
  return { type: 'image', at: Math.round(savedAt), ...image, bytes: byteCount, durationMs: rounded };
}

/** A person's line: time, seed, size, file and the beginning of the prompt. */
export function imageWords(image: ListedImage, now: number): string {
  const size = `${image.width}x${image.height}`;
  const seed = String(image.seed ?? '-').padEnd(10);
  const prompt = Array.from(cleanText(image.prompt ?? ''));
  const shown =
    prompt.length > longestPrompt ? `${prompt.slice(0, longestPrompt - 3).join('')}...` : prompt.join('');
  return `${formatFileTime(image.savedAt, now)}  ${seed}  ${size}  ${cleanText(image.path)}  ${shown}`.trimEnd();
}
