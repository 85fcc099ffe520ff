import type { MemoryUse } from '../../generation/webui.ts';
import { drawBrailleGraph } from '../../presentation/braille-graph.ts';
import { formatDuration, formatMinutes } from '../../presentation/durations.ts';
import { asciiLevels, drawSparkline, eighthBlocks, scaleTop } from '../../presentation/sparkline.ts';
import type { PaceChange } from '../../stats/drift.ts';
import type { MemoryGrowth } from '../../stats/memory-growth.ts';
import type { Throughput } from '../../stats/throughput.ts';
import { paintPanel } from '../components/panel.ts';
import { paintLine } from '../text/paint.ts';
import type { Span } from '../text/span.ts';
import type { Theme } from '../theme.ts';
import { gpuSpans, rateSpans, totalSpans, type WebUiFigures } from './throughput-spans.ts';

const title: readonly Span[] = [{ text: 'Throughput' }];

type ThroughputFacts = {
  readonly throughput: Throughput;
  readonly memory: MemoryUse | null;
  readonly slowdown: PaceChange | null;
  readonly growth: MemoryGrowth;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
};

/** How fast it goes, how fast it went, and what it came to. */
export function paintThroughputPanel(facts: ThroughputFacts): string {
  const { throughput, width, height, theme } = facts;
  const lines = paintThroughput(throughput, facts, { width: width - 4, lineCount: height - 2 }, theme);
  return paintPanel({ title, width, height, lines }, theme);
}

function paintThroughput(
  throughput: Throughput,
  figures: WebUiFigures,
  { width, lineCount }: { readonly width: number; readonly lineCount: number },
  theme: Theme,
): string[] {
  const separator = ` ${theme.glyphs.bullet} `;
  const spans = [
    rateSpans(throughput, width),
    totalSpans(throughput, width, separator),
    gpuSpans(throughput, figures, width),
    // Below the rows beside which the bar moves: the rest of a changed row is sent again, and a graph is three bytes a column.
    ...graphSpans(throughput, width, Math.max(1, lineCount - 3), theme),
  ];
  return spans.slice(0, lineCount).map((line) => paintLine(line, width, theme));
}

function graphSpans(throughput: Throughput, width: number, rowCount: number, theme: Theme): Span[][] {
  const { history, historyStepMs } = throughput;
  if (history.every((value) => value === null)) {
    return [[{ text: 'The graph begins with an image.', role: 'quiet' }], ...emptyLines(rowCount - 1)];
  }
  const graphWidth = Math.max(1, width - (rowCount === 1 ? longLabelWidth : labelWidth));
  // Two rows of braille have as many levels as one row of blocks, and twice the span.
  const isBraille = rowCount > 1 && !theme.glyphs.isAscii;
  const shown = history.slice(isBraille ? -2 * graphWidth : -graphWidth);
  const size = { width: graphWidth, rowCount, top: scaleTop(shown) };
  const levels = theme.glyphs.isAscii ? asciiLevels : eighthBlocks;
  const rows = isBraille ? drawBrailleGraph(history, size) : drawSparkline(history, size, levels);
  const labels = graphLabels(size.top, spanOf(shown) * historyStepMs, rowCount);
  return rows.map((row, index) => [
    { text: row, role: 'accent' },
    { text: `  ${labels[index] ?? ''}`, role: 'quiet' },
  ]);
}

/** Where the scale and the span of the graph are written, at its right; in one row, where its only row has to hold both, at `0-3000/min 59 m`. */
const labelWidth = 16;
const longLabelWidth = 17;

/** The steps since something ran, as far as they are shown: the graph tells nothing of the time before. */
function spanOf(shown: readonly (number | null)[]): number {
  return shown.length - shown.findIndex((value) => value !== null);
}

function graphLabels(top: number, spanMs: number, rowCount: number): string[] {
  const span = spanMs < 60_000 ? formatDuration(spanMs) : formatMinutes(spanMs);
  if (rowCount === 1) return [`0-${top}/min ${span}`];
  return [`0-${top}/min`, ...Array.from({ length: rowCount - 2 }, () => ''), `last ${span}`];
}

function emptyLines(count: number): Span[][] {
  return Array.from({ length: count }, () => []);
}
