import { checkpointName } from '../../presentation/checkpoint-name.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import { paintPanel } from '../components/panel.ts';
import { paintLine } from '../text/paint.ts';
import type { Span } from '../text/span.ts';
import type { Theme } from '../theme.ts';
import { restingLines } from './resting-lines.ts';
import { barSpans, runningShown, seedsSpans } from './running-lines.ts';
import { rateSpans } from './throughput-spans.ts';

type SummaryFacts = {
  readonly snapshot: Snapshot;
  readonly width: number;
  readonly height: number;
  readonly now: number;
  readonly theme: Theme;
};

/** Generation and rate in the three lines that a small terminal has for them. */
export function paintSummaryPanel({ snapshot, width, height, now, theme }: SummaryFacts): string {
  const lines = paintSummary(snapshot, now, { width: width - 4, lineCount: Math.max(0, height - 2) }, theme);
  return paintPanel({ title: titleSpans(snapshot), width, height, lines }, theme);
}

function titleSpans(snapshot: Snapshot): Span[] {
  const running = runningShown(snapshot);
  if (running === null) return [{ text: 'Now' }];
  const { id, checkpoint } = running.generation;
  return [{ text: `#${id} `, role: 'strong' }, { text: checkpointName(checkpoint) }];
}

function paintSummary(
  snapshot: Snapshot,
  now: number,
  { width, lineCount }: { readonly width: number; readonly lineCount: number },
  theme: Theme,
): string[] {
  const { glyphs } = theme;
  const running = runningShown(snapshot);
  const rates = rateSpans(snapshot.throughput, width);
  const upper =
    running === null
      ? restingLines(snapshot, { width, lineCount: lineCount - 1 }, glyphs.ellipsis).map((line): Span[] => [
          line,
        ])
      : [barSpans(running, width, now, glyphs), seedsSpans(running, snapshot.queued, width, glyphs)];
  const blanks = Array.from({ length: Math.max(0, lineCount - 1 - upper.length) }, (): Span[] => []);
  return [...upper, ...blanks, rates].map((line) => paintLine(line, width, theme));
}
