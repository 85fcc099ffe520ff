import { type Area, insideOf } from '../areas.ts';
import type { BindingGroup } from '../key-bindings.ts';
import { asciiKeys, type Binding } from '../keys/binding.ts';
import type { ScreenView } from '../screen-store.ts';
import { widthOf } from '../text/width.ts';
import { wrapText } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';
import type { DrawnScreen } from './drawn-screen.ts';
import { paintRows, type Row } from './paint-rows.ts';

/** Every key of the screen below with what it does, and why it cannot where it cannot. */
export function drawHelp(
  groups: readonly BindingGroup[],
  firstRow: number,
  view: ScreenView,
  area: Area,
  theme: Theme,
): DrawnScreen {
  const inside = insideOf(area);
  const keysWidth = Math.max(
    ...groups.flatMap(({ bindings }) => bindings.map((binding) => widthOf(shownKeys(binding, theme)))),
  );
  const rows = groups.flatMap((group, index): Row[] => [
    ...(index === 0 ? [] : [[]]),
    [{ text: group.title, role: 'strong' }],
    ...group.bindings.flatMap((binding) => helpRows(binding, keysWidth, inside.width, view, theme)),
  ]);
  const first = Math.max(0, Math.min(firstRow, rows.length - inside.height));
  const isCut = rows.length > inside.height;
  const place = `${first + 1}-${Math.min(rows.length, first + inside.height)} of ${rows.length}`;
  return {
    panels: [
      {
        name: 'help',
        title: [{ text: 'Help' }],
        end: isCut ? [{ text: place, role: 'quiet' }] : [],
        height: area.height,
        lines: paintRows(rows.slice(first, first + inside.height), inside.width, theme),
        isFocused: true,
      },
    ],
    cursor: null,
  };
}

function shownKeys({ shown }: Binding, { glyphs }: Theme): string {
  return glyphs.isAscii ? asciiKeys(shown) : shown;
}

/** A binding may not have more rows than anybody would read. */
const mostRows = 8;

function helpRows(
  binding: Binding,
  keysWidth: number,
  width: number,
  { snapshot, link }: ScreenView,
  theme: Theme,
): Row[] {
  const keys = shownKeys(binding, theme);
  const reason = binding.disabledReason?.(snapshot, link) ?? null;
  const text = reason === null ? binding.help : `${binding.help}  (${reason})`;
  const indent = keysWidth + 4;
  const lines = wrapText(text, Math.max(1, width - indent), mostRows, theme.glyphs.ellipsis);
  return lines.map((line, index) => [
    {
      text: (index === 0 ? `  ${keys}` : '') + ' '.repeat(indent - (index === 0 ? 2 + widthOf(keys) : 0)),
      role: reason === null ? 'accent' : 'quiet',
    },
    { text: line, role: reason === null ? 'plain' : 'quiet' },
  ]);
}
