import type { ChoosableImage } from '../../presentation/choosing.ts';
import type { Span } from '../text/span.ts';
import type { Glyphs } from '../theme.ts';

/** Stars, or a tick for a kept one without; and what was noticed in the picture. */
export function choiceSigns({ choice, look }: ChoosableImage, glyphs: Glyphs): Span[] {
  const star = glyphs.isAscii ? '*' : '★';
  const signs: Span[] = [];
  if (choice.stars > 0) signs.push({ text: star.repeat(choice.stars), role: 'accent' });
  else if (choice.verdict === 'kept') signs.push({ text: glyphs.isAscii ? '+' : '✓', role: 'good' });
  else if (choice.verdict === 'rejected') signs.push({ text: glyphs.isAscii ? 'x' : '✗', role: 'warning' });
  if (look?.isBlack) signs.push({ text: ' black', role: 'warning' });
  else if (look?.nearDuplicateOf) signs.push({ text: ' alike', role: 'warning' });
  return signs;
}
