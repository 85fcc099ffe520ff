import { describePlanAdaptation } from '../../presentation/plan-adaptation.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import { paintPanel } from '../components/panel.ts';
import { paintLine } from '../text/paint.ts';
import type { Span } from '../text/span.ts';
import { wrapText } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';
import { restingLines } from './resting-lines.ts';
import { barSpans, generationSpans, runningShown, seedsSpans } from './running-lines.ts';

const title: readonly Span[] = [{ text: 'Now' }];

type NowFacts = {
  readonly snapshot: Snapshot;
  readonly width: number;
  readonly height: number;
  readonly now: number;
  readonly theme: Theme;
};

/** The generation on the GPU, or why there is none. */
export function paintNowPanel({ snapshot, width, height, now, theme }: NowFacts): string {
  const lines = paintNow(snapshot, now, { width: width - 4, lineCount: height - 2 }, theme);
  return paintPanel({ title, width, height, lines }, theme);
}

function adaptationLines({ adaptation }: Snapshot): Span[][] {
  return adaptation === null ? [] : [[{ text: describePlanAdaptation(adaptation), role: 'warning' }]];
}

function paintNow(
  snapshot: Snapshot,
  now: number,
  { width, lineCount }: { readonly width: number; readonly lineCount: number },
  theme: Theme,
): string[] {
  const { glyphs } = theme;
  const running = runningShown(snapshot);
  if (running === null) {
    const lines = restingLines(snapshot, { width, lineCount }, glyphs.ellipsis);
    return lines.map((line) => paintLine([line], width, theme));
  }
  const adaptation = adaptationLines(snapshot);
  const { prompt } = running.generation.parameters;
  const spans = [
    generationSpans(running.generation, width, glyphs),
    barSpans(running, width, now, glyphs),
    seedsSpans(running, snapshot.queued, width, glyphs),
    ...adaptation,
    ...wrapText(prompt, width, lineCount - 3 - adaptation.length, glyphs.ellipsis).map((text): Span[] => [
      { text, role: 'quiet' },
    ]),
  ];
  return spans.map((line) => paintLine(line, width, theme));
}
