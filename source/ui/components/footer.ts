import type { RunnerLink } from '../../presentation/runner-link.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import { asciiKeys, type Binding, labelOf } from '../keys/binding.ts';
import { paintLine, spansWidth } from '../text/paint.ts';
import type { Span } from '../text/span.ts';
import type { Glyphs, Theme } from '../theme.ts';

/** What labels and reasons are made from. */
type Known = { readonly snapshot: Snapshot; readonly link: RunnerLink };

/** The last line: keys with a word each, those that cannot act now dimmed; what has no room is in the help. */
export function paintFooter(bindings: readonly Binding[], known: Known, width: number, theme: Theme): string {
  return paintLine(footerSpans(bindings, known, width, theme.glyphs), width, theme);
}

/** Fits the labelled bindings into `width`: kept ones always, the others from the first on while there is room. */
export function footerSpans(
  bindings: readonly Binding[],
  known: Known,
  width: number,
  glyphs: Glyphs,
): Span[] {
  const items = bindings
    .filter((binding) => labelOf(binding, known.snapshot, known.link) !== '')
    .map((binding) => ({ isKept: binding.isKept ?? false, spans: itemSpans(binding, known, glyphs) }));
  const widthOfItems = (chosen: typeof items) =>
    chosen.reduce((sum, { spans }) => sum + spansWidth(spans) + 2, 0);
  let chosen = items;
  while (widthOfItems(chosen) > width) {
    const last = chosen.findLastIndex(({ isKept }) => !isKept);
    if (last === -1) break;
    chosen = chosen.toSpliced(last, 1);
  }
  return chosen.flatMap(({ spans }) => [{ text: ' ' }, ...spans, { text: ' ' }]);
}

function itemSpans(binding: Binding, { snapshot, link }: Known, glyphs: Glyphs): Span[] {
  const keys = glyphs.isAscii ? asciiKeys(binding.shown) : binding.shown;
  const isDisabled = (binding.disabledReason?.(snapshot, link) ?? null) !== null;
  return [
    { text: keys, role: isDisabled ? 'quiet' : 'strong' },
    { text: ` ${labelOf(binding, snapshot, link)}`, role: 'quiet' },
  ];
}
