import { formatBytes } from '../../presentation/byte-counts.ts';
import { cleanText } from '../../presentation/clean-text.ts';
import { formatFileTime } from '../../presentation/clock-time.ts';
import { formatSeconds } from '../../presentation/durations.ts';
import type { FileRow } from '../../presentation/snapshot.ts';
import { paintLine } from '../text/paint.ts';
import type { Span } from '../text/span.ts';
import { fitEnd, widthOf } from '../text/width.ts';
import type { Theme } from '../theme.ts';

type ColumnKind = 'time' | 'name' | 'seed' | 'size' | 'bytes' | 'duration' | 'generation';

/** The columns that a width has room for, with the width of each; they stand `gap` apart. */
export type FileColumns = readonly { readonly kind: ColumnKind; readonly width: number }[];

const gap = 2;
const longestName = 36;

/** In the order of the screen; where they do not fit all, those of the highest rank go first. */
const allColumns: readonly { readonly kind: ColumnKind; readonly width: number; readonly rank: number }[] = [
  { kind: 'time', width: 8, rank: 2 },
  { kind: 'name', width: 20, rank: 1 },
  { kind: 'seed', width: 10, rank: 3 },
  { kind: 'size', width: 9, rank: 4 },
  { kind: 'bytes', width: 6, rank: 5 },
  { kind: 'duration', width: 8, rank: 6 },
  { kind: 'generation', width: 8, rank: 7 },
];

/** Chooses the columns for `width`; the name takes what is left over. */
export function chooseColumns(width: number): FileColumns {
  const byRank = [...allColumns].sort((one, other) => one.rank - other.rank);
  let used = -gap;
  const fitting = byRank.findIndex((column) => {
    used += column.width + gap;
    return used > width;
  });
  const lastRank = fitting < 0 ? allColumns.length : Math.max(1, fitting);
  const columns = allColumns.filter(({ rank }) => rank <= lastRank);
  const others = columns.reduce((sum, column) => sum + (column.kind === 'name' ? 0 : column.width + gap), 0);
  const nameWidth = Math.min(longestName, width - others);
  return columns.map(({ kind, width }) => ({ kind, width: kind === 'name' ? nameWidth : width }));
}

/** One file as a line of `width` columns. Files that this run did not make are quiet and say what they are. */
export function paintFileRow(
  row: FileRow,
  columns: FileColumns,
  look: {
    readonly width: number;
    readonly now: number;
    readonly isSelected: boolean;
    readonly theme: Theme;
  },
): string {
  const { width, now, isSelected, theme } = look;
  const spans: Span[] = columns.map((column, index) => ({
    text: (index === 0 ? '' : ' '.repeat(gap)) + cellText(row, column, now, theme),
    role: row.origin === 'ours' && (column.kind === 'name' || column.kind === 'seed') ? 'plain' : 'quiet',
  }));
  if (!isSelected) return paintLine(joinByRole(spans), width, theme);
  const text = spans.map((span) => span.text).join('');
  return paintLine(
    [{ text: text + ' '.repeat(Math.max(0, width - widthOf(text))), role: 'selected' }],
    width,
    theme,
  );
}

/** Neighbours of one role become one span: each change of style is bytes on the wire. */
function joinByRole(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last?.role === span.role)
      joined[joined.length - 1] = { ...span, text: (last?.text ?? '') + span.text };
    else joined.push(span);
  }
  return joined;
}

function cellText(row: FileRow, { kind, width }: FileColumns[number], now: number, theme: Theme): string {
  switch (kind) {
    case 'time':
      return formatFileTime(row.savedAt, now);
    case 'name': {
      const name = fitEnd(cleanText(row.name), width, theme.glyphs.ellipsis);
      return name + ' '.repeat(Math.max(0, width - widthOf(name)));
    }
    case 'seed':
      return row.origin === 'ours' ? String(row.seed ?? '').padStart(width) : row.origin.padEnd(width);
    case 'size':
      return (row.width === null || row.height === null ? '' : `${row.width}x${row.height}`).padStart(width);
    case 'bytes':
      return (row.byteCount === null ? '' : formatBytes(row.byteCount)).padStart(width);
    case 'duration':
      return (row.durationMs === null ? '' : formatSeconds(row.durationMs)).padStart(width);
    case 'generation':
      return (row.generationId === null ? '' : `#${row.generationId}`).padStart(width);
  }
}
