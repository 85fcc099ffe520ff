import { cleanText } from '../../../presentation/clean-text.ts';
import type { Span } from '../../text/span.ts';
import { fitMiddle, widthOf } from '../../text/width.ts';
import type { Glyphs } from '../../theme.ts';
import type { PickerItem } from './filter.ts';
import { matchesOf, type PickerState } from './state.ts';

/** The rows of a list `height` rows high around its current item, and how many match. */
export type DrawnPicker = {
  readonly rows: readonly (readonly Span[])[];
  readonly matchCount: number;
};

/** Draws the window of the list that holds the current item; only the rows shown are worked on, whatever the length. */
export function drawPicker(
  state: PickerState,
  items: readonly PickerItem[],
  area: { readonly width: number; readonly height: number },
  glyphs: Glyphs,
): DrawnPicker {
  const { matches, index } = matchesOf(state, items);
  const first = Math.max(0, Math.min(index - Math.floor(area.height / 2), matches.length - area.height));
  const rows = matches
    .slice(first, first + area.height)
    .map((item, row) => drawItem(item, first + row === index, area.width, glyphs));
  return { rows, matchCount: matches.length };
}

function drawItem(item: PickerItem, isCurrent: boolean, width: number, glyphs: Glyphs): Span[] {
  const end = [item.mark, item.detail].filter(Boolean).map(cleanText).join('  ');
  const isEndShown = end !== '' && width >= widthOf(end) + 24;
  const room = width - 2 - (isEndShown ? widthOf(end) + 2 : 0);
  const label = fitMiddle(cleanText(item.label), room, glyphs.ellipsis);
  const gap = ' '.repeat(Math.max(0, room - widthOf(label)));
  const lead = isCurrent ? `${glyphs.pointer} ` : '  ';
  if (isCurrent) {
    return [{ text: `${lead}${label}${gap}${isEndShown ? `  ${end}` : ''}`, role: 'selected' }];
  }
  return [{ text: lead + label + gap }, { text: isEndShown ? `  ${end}` : '', role: 'quiet' }];
}
