import { formatBytes } from '../../presentation/byte-counts.ts';
import { formatClock, formatFileTime } from '../../presentation/clock-time.ts';
import { formatSeconds } from '../../presentation/durations.ts';
import type { FileRow } from '../../presentation/snapshot.ts';
import { paintLine } from '../text/paint.ts';
import type { Span } from '../text/span.ts';
import { wrapText } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';

/** A rule, two lines for the path and one for the rest. */
export const detailsHeight = 4;

/** What is known of one file, with its whole path, as `detailsHeight` lines. */
export function paintFileDetails(
  row: FileRow | null,
  look: {
    readonly directory: string | null;
    readonly width: number;
    readonly now: number;
    readonly runStartedAt: number;
    readonly theme: Theme;
  },
): string[] {
  const { directory, width, theme } = look;
  const { glyphs } = theme;
  const rule = paintLine([{ text: glyphs.horizontal.repeat(width), role: 'quiet' }], width, theme);
  const path = row === null ? '' : `${directory === null ? '' : `${directory}/`}${row.name}`;
  const pathLines = wrapText(path, width, 2, glyphs.ellipsis);
  const facts: Span[] = row === null ? [] : factsOf(row, look, ` ${glyphs.bullet} `);
  const lines = [...pathLines.map((text): Span[] => [{ text }]), facts];
  const padded = Array.from({ length: detailsHeight - 1 }, (_, index) => lines[index] ?? []);
  return [rule, ...padded.map((spans) => paintLine(spans, width, theme))];
}

function factsOf(
  row: FileRow,
  { now, runStartedAt }: { readonly now: number; readonly runStartedAt: number },
  separator: string,
): Span[] {
  const day = formatFileTime(row.savedAt, now).trim();
  const clock = formatClock(row.savedAt);
  const facts = [
    originOf(row, runStartedAt),
    row.seed === null ? null : `seed ${row.seed}`,
    row.generationId === null ? null : `#${row.generationId}`,
    row.width === null || row.height === null ? null : `${row.width}x${row.height}`,
    row.byteCount === null ? null : formatBytes(row.byteCount),
    row.durationMs === null ? null : `${formatSeconds(row.durationMs)}/image`,
    day === clock ? clock : `${day}, ${clock}`,
  ];
  return [{ text: facts.filter((fact) => fact !== null).join(separator) }];
}

/** Null for this run's own files, whose generation says that they are. */
function originOf({ origin, savedAt }: FileRow, runStartedAt: number): string | null {
  switch (origin) {
    case 'ours':
      return null;
    case 'grid':
      return 'a grid made by the WebUI';
    case 'foreign':
      return savedAt < runStartedAt ? 'from before this run' : 'not made by this run';
  }
}
