import { type SayingFacts, saidLine } from '../said-line.ts';
import { paintLine, spansWidth } from '../text/paint.ts';
import type { Theme } from '../theme.ts';

/** The line above the footer: what there is to say, the most urgent first. */
export function paintMessageLine(facts: SayingFacts, theme: Theme): string {
  const { said, mark } = saidLine(facts);
  const end = mark === null ? [] : [mark];
  const endWidth = spansWidth(end);
  return paintLine(said, facts.width - endWidth, theme) + paintLine(end, endWidth, theme);
}
