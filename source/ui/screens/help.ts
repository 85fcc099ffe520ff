import { type Area, insideOf } from '../areas.ts';
import type { BindingGroup } from '../key-bindings.ts';
import { asciiKeys, type Binding } from '../keys/binding.ts';
import type { ScreenView } from '../screen-store.ts';
import { widthOf } from '../text/width.ts';
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
    ...group.bindings.map((binding) => helpRow(binding, keysWidth, view, theme)),
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

function helpRow(binding: Binding, keysWidth: number, { snapshot, link }: ScreenView, theme: Theme): Row {
  const keys = shownKeys(binding, theme);
  const reason = binding.disabledReason?.(snapshot, link) ?? null;
  return [
    {
      text: `  ${keys}${' '.repeat(keysWidth - widthOf(keys) + 2)}`,
      role: reason === null ? 'accent' : 'quiet',
    },
    { text: binding.help, role: reason === null ? 'plain' : 'quiet' },
    { text: reason === null ? '' : `  (${reason})`, role: 'quiet' },
  ];
}
