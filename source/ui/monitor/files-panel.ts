import { formatBytes } from '../../presentation/byte-counts.ts';
import { cleanText } from '../../presentation/clean-text.ts';
import { describeSpace, isSpaceShort } from '../../presentation/describe-space.ts';
import { formatDuration } from '../../presentation/durations.ts';
import { formatCount, formatCounted } from '../../presentation/numbers.ts';
import type { FileRow, FilesView, LoopStatus, Snapshot } from '../../presentation/snapshot.ts';
import { paintPanel } from '../components/panel.ts';
import { keepLast } from '../keep-last.ts';
import { homePath } from '../text/home-path.ts';
import { paintLine } from '../text/paint.ts';
import type { Span } from '../text/span.ts';
import { fitEnd } from '../text/width.ts';
import { wrapText } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';
import { explainEmptyList } from './empty-list.ts';
import { chooseColumns, paintFileRow } from './file-columns.ts';
import { detailsHeight, paintFileDetails } from './file-details.ts';
import type { MonitorState } from './monitor-state.ts';
import { visibleRowCount } from './visible-rows.ts';

type FilesFacts = {
  readonly files: FilesView;
  readonly space: Snapshot['space'];
  readonly loop: LoopStatus['kind'];
  /** Settled on these files. */
  readonly state: MonitorState;
  readonly width: number;
  readonly height: number;
  readonly runStartedAt: number;
  /** From `listTime`. */
  readonly now: number;
  readonly theme: Theme;
};

const hour = 3_600_000;

/** A time that changes only when the list of files would look different: the end of the hour, or `now` while elapsed time is shown. */
export function listTime({ status }: FilesView, now: number): number {
  return status.kind === 'reading' ? now : Math.ceil(now / hour) * hour;
}

/** Paints the files in the output directory, newest first; what it has painted of a row serves the next frame too. */
export function createFilesPainter(): (facts: FilesFacts) => string {
  const rowPainter = keepLast(createRowPainter);
  return (facts) => {
    const { files, space, state, width, height, now, runStartedAt, theme } = facts;
    const shownSpace = space !== null && (width >= 100 || isSpaceShort(space)) ? describeSpace(space) : '';
    const isShort = space !== null && isSpaceShort(space);
    const end = withSpace(endSpans(files, state, now, theme), shownSpace, isShort, theme);
    const title = titleSpans(files, width, end, theme);
    const lines = paintLines(facts, rowPainter({ width: width - 4, now, runStartedAt, theme }));
    return paintPanel({ title, end, width, height, lines, isFocused: state.isFilterOpen }, theme);
  };
}

type RowPainter = (row: FileRow, isSelected: boolean) => string;

/** Paints each row once for a given look, however often the list is drawn. */
function createRowPainter(look: Omit<Parameters<typeof paintFileRow>[2], 'isSelected'>): RowPainter {
  const columns = chooseColumns(look.width);
  const painted = new WeakMap<FileRow, string>();
  return (row, isSelected) => {
    const known = isSelected ? undefined : painted.get(row);
    if (known !== undefined) return known;
    const line = paintFileRow(row, columns, { ...look, isSelected });
    if (!isSelected) painted.set(row, line);
    return line;
  };
}

function paintLines(facts: FilesFacts, paintRow: RowPainter): string[] {
  const { files, loop, state, width, height, now, runStartedAt, theme } = facts;
  const inner = width - 4;
  const visibleCount = visibleRowCount(height, state);
  const filterLines =
    state.isFilterOpen || state.filter !== '' ? [filterLine(state, files, inner, theme)] : [];
  const rows = visibleRows(files, state, visibleCount);
  const selectedRow = rows.find(({ index }) => index === state.selected?.index)?.row ?? null;
  const body =
    rows.length > 0
      ? rows.map(({ row, index }) =>
          row === null ? notYet(inner, theme) : paintRow(row, index === state.selected?.index),
        )
      : wrapText(explainEmptyList(files, loop, now), inner, visibleCount, theme.glyphs.ellipsis).map((text) =>
          paintLine([{ text, role: 'quiet' }], inner, theme),
        );
  if (!state.areDetailsOpen || height < detailsHeight + 4) return [...filterLines, ...body];
  const blank = ' '.repeat(Math.max(0, inner));
  const padding = Array.from({ length: Math.max(0, visibleCount - body.length) }, () => blank);
  const look = { directory: files.directory, width: inner, now, runStartedAt, theme };
  return [...filterLines, ...body, ...padding, ...paintFileDetails(selectedRow, look)];
}

/** The rows on the screen; null for those that the snapshot's window does not hold yet. */
function visibleRows(files: FilesView, state: MonitorState, visibleCount: number) {
  const topIndex = state.top?.index ?? 0;
  const count = Math.max(0, Math.min(visibleCount, files.matchCount - topIndex));
  return Array.from({ length: count }, (_, offset) => {
    const index = topIndex + offset;
    return { index, row: files.rows[index - files.firstIndex] ?? null };
  });
}

function notYet(width: number, theme: Theme): string {
  return paintLine([{ text: theme.glyphs.bullet, role: 'quiet' }], width, theme);
}

/** What is shown of the filter in a line of `width` columns; the cursor stands behind it. */
export function shownFilter(state: MonitorState, files: FilesView, width: number, theme: Theme): string {
  const room = Math.max(1, width - matchCount(state, files).length - 1);
  return fitEnd(`/${cleanText(state.filter)}`, room - 1, theme.glyphs.ellipsis);
}

function matchCount(state: MonitorState, files: FilesView): string {
  const matches = ` ${formatCount(files.matchCount)} of ${formatCounted(files.totalCount, 'file')}`;
  return files.filter === state.filter ? matches : '';
}

function filterLine(state: MonitorState, files: FilesView, width: number, theme: Theme): string {
  const count = matchCount(state, files);
  const text = shownFilter(state, files, width, theme);
  const line = paintLine([{ text, role: 'accent' }], width - count.length, theme);
  return line + paintLine([{ text: count, role: 'quiet' }], count.length, theme);
}

function titleSpans(files: FilesView, width: number, end: readonly Span[], theme: Theme): Span[] {
  const directory = files.directory === null ? 'Files' : cleanText(homePath(files.directory));
  const endWidth = end.reduce((sum, span) => sum + span.text.length, 0);
  return [{ text: fitEnd(directory, Math.max(5, width - endWidth - 10), theme.glyphs.ellipsis) }];
}

function withSpace(spans: Span[], text: string, isShort: boolean, { glyphs }: Theme): Span[] {
  if (text === '' || spans.length === 0) return spans;
  return [
    ...spans,
    { text: ` ${glyphs.bullet} `, role: 'quiet' },
    { text, role: isShort ? 'warning' : 'quiet' },
  ];
}

function endSpans(files: FilesView, state: MonitorState, now: number, { glyphs }: Theme): Span[] {
  const { status } = files;
  if (files.directory === null) return [];
  const counts = `${formatCounted(files.totalCount, 'file')} ${glyphs.bullet} ${formatBytes(files.totalByteCount)}`;
  const place = state.top === null ? '' : `from ${formatCount(state.top.index + 1)} of `;
  switch (status.kind) {
    case 'reading': {
      const text = `reading, ${formatCounted(status.readCount, 'file')} in ${formatDuration(now - status.since)}`;
      return [{ text, role: 'accent' }];
    }
    case 'polling':
      return [
        {
          text: `${place}${counts} ${glyphs.bullet} looked at every ${formatDuration(status.everyMs)}`,
          role: 'quiet',
        },
      ];
    case 'unreadable':
      return [{ text: 'unreadable', role: 'bad' }];
    case 'watching':
      return [{ text: place + counts, role: 'quiet' }];
    case 'unknown-directory':
    case 'waiting-for-directory':
      return [];
  }
}
