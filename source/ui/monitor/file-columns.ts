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

/** The columns that a width has room for, with the width of each, and how far they stand apart. */
export type FileColumns = {
  readonly gap: number;
  readonly columns: readonly { readonly kind: ColumnKind; readonly width: number }[];
};

const gap = 2;
/** Where there is room: air between the columns is worth more than a name column that is mostly blank. */
const wideGap = 4;
const longestName = 30;
/** Names of the WebUI's own pattern have at most this many columns, grids included. */
const usualName = 26;

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
  const room = width - others;
  const isWide = room >= usualName + (wideGap - gap) * (columns.length - 1);
  const nameWidth = isWide ? room - (wideGap - gap) * (columns.length - 1) : room;
  return {
    gap: isWide ? wideGap : gap,
    columns: columns.map(({ kind, width }) => ({
      kind,
      width: kind === 'name' ? Math.min(longestName, nameWidth) : width,
    })),
  };
}

/** One file as a line of `width` columns. Files that this run did not make are quiet and say what they are. */
export function paintFileRow(
  row: FileRow,
  { columns, gap }: FileColumns,
  look: {
    readonly width: number;
    readonly now: number;
    /** When this run began, ms since epoch. */
    readonly runStartedAt: number;
    readonly isSelected: boolean;
    readonly theme: Theme;
  },
): string {
  const { width, isSelected, theme } = look;
  const spans: Span[] = columns.map((column, index) => ({
    text: (index === 0 ? '' : ' '.repeat(gap)) + cellText(row, column, look),
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

/** What stands in the place of the seed where a file is not this run's own. */
function originWord({ origin, savedAt }: FileRow, runStartedAt: number): string {
  return origin === 'foreign' && savedAt < runStartedAt ? 'earlier' : origin;
}

function cellText(
  row: FileRow,
  { kind, width }: FileColumns['columns'][number],
  {
    now,
    runStartedAt,
    theme,
  }: { readonly now: number; readonly runStartedAt: number; readonly theme: Theme },
): string {
  switch (kind) {
    case 'time':
      return formatFileTime(row.savedAt, now);
    case 'name': {
      const name = fitEnd(cleanText(row.name), width, theme.glyphs.ellipsis);
      return name + ' '.repeat(Math.max(0, width - widthOf(name)));
    }
    case 'seed':
      return (row.origin === 'ours' ? String(row.seed ?? '') : originWord(row, runStartedAt)).padStart(width);
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
