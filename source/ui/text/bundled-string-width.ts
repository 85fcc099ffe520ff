import stringWidth from 'string-width';
import { isSingleWidth } from './single-width.ts';

const sgr = /\u001b\[[\d;]*m/g;

/**
 * Stands in for `string-width` inside the bundled packages (rolldown.config.ts): Ink measures each line of each frame, and a line with one
 * box-drawing character in it is otherwise split into graphemes that each go through several Unicode regexes.
 */
export default function bundledStringWidth(...[text, options]: Parameters<typeof stringWidth>): number {
  if (options !== undefined) return stringWidth(text, options);
  const bare = text.includes('\u001b') ? text.replace(sgr, '') : text;
  return isSingleWidth(bare) ? bare.length : stringWidth(text);
}
