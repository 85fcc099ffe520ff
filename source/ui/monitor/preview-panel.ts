import { defaultParameters } from '../../generation/parameters.ts';
import { describePreviewLack } from '../../presentation/preview.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import { paintPanel } from '../components/panel.ts';
import type { PreviewData } from '../preview/preview-data.ts';
import { paintLine } from '../text/paint.ts';
import type { Span } from '../text/span.ts';
import { wrapText } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';

const title: readonly Span[] = [{ text: 'Preview' }];

type PreviewFacts = {
  readonly webUi: Snapshot['webUi'];
  readonly running: Snapshot['running'];
  readonly preview: PreviewData;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
};

/** Room for the picture that is being sampled, or why there is none; the picture is laid over it. */
export function paintPreviewPanel(facts: PreviewFacts): string {
  const { webUi, running, preview, width, height, theme } = facts;
  const words = previewWords(webUi, running, preview);
  const lines = wrapText(words, width - 4, height - 2, theme.glyphs.ellipsis).map((text) =>
    paintLine([{ text, role: 'quiet' }], width - 4, theme),
  );
  return paintPanel({ title, width, height, lines }, theme);
}

/** Why there is no picture; empty where there is one. */
export function previewWords(
  webUi: Snapshot['webUi'],
  running: Snapshot['running'],
  { generationId, picture }: PreviewData,
): string {
  if (webUi === null) return '';
  const { livePreviews } = webUi;
  const { parameters } = running?.generation ?? { parameters: defaultParameters };
  const lack = describePreviewLack(webUi, parameters);
  if (lack !== null || livePreviews.kind !== 'on') return lack ?? '';
  if (running === null) return 'Nothing is being sampled.';
  if (generationId !== running.generation.id || picture === null) {
    const { everyStepCount } = livePreviews;
    return everyStepCount === null
      ? 'A preview comes at the end of each batch.'
      : `A preview comes every ${everyStepCount === 1 ? 'step' : `${everyStepCount} steps`}.`;
  }
  return 'reason' in picture ? picture.reason : '';
}
