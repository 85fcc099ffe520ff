import type { Choice } from '../../presentation/choosing.ts';
import { cleanText } from '../../presentation/clean-text.ts';
import { formatFileTime } from '../../presentation/clock-time.ts';
import type { ListedImage } from '../list-images.ts';
import type { Event } from './notice-event.ts';

const longestPrompt = 60;

/** The `--json` object of `sdloop images`: like the `image` event of a run, as far as the file itself tells. */
export function imageEvent({ savedAt, byteCount, durationMs, choice, ...image }: ListedImage): Event {
  const rounded = durationMs === null ? null : Math.round(durationMs);
  return {
    type: 'image',
    at: Math.round(savedAt),
    ...image,
    bytes: byteCount,
    durationMs: rounded,
    ...choice,
  };
}

/** A person's line: time, seed, size, file and the beginning of the prompt. */
export function imageWords(image: ListedImage, now: number): string {
  const size = image.width === null ? '-' : `${image.width}x${image.height}`;
  const seed = String(image.seed ?? '-').padEnd(10);
  const prompt = Array.from(cleanText(image.prompt ?? ''));
  const shown =
    prompt.length > longestPrompt ? `${prompt.slice(0, longestPrompt - 3).join('')}...` : prompt.join('');
  const start = `${formatFileTime(image.savedAt, now)}  ${seed}  ${size}`;
  return `${start}  ${choiceMark(image.choice)}  ${cleanText(image.path)}  ${shown}`.trimEnd();
}

/** Two columns: the stars of an image that is kept, in signs that every terminal has. */
function choiceMark({ verdict, stars }: Choice): string {
  if (verdict === 'rejected') return 'x ';
  if (verdict === 'undecided') return '  ';
  return stars === 0 ? '+ ' : `${stars}*`;
}
