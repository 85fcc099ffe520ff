import { memo, type ReactElement, useMemo } from 'react';
import { defaultParameters } from '../../generation/parameters.ts';
import { describePreviewLack } from '../../presentation/preview.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import { Panel } from '../components/panel.tsx';
import type { PreviewData } from '../preview/preview-data.ts';
import { paintLine } from '../text/paint.ts';
import type { Span } from '../text/span.ts';
import { wrapText } from '../text/wrap.ts';
import { useTheme } from '../theme.ts';

const title: readonly Span[] = [{ text: 'Preview' }];

type PreviewPanelProps = {
  readonly webUi: Snapshot['webUi'];
  readonly running: Snapshot['running'];
  readonly preview: PreviewData;
  readonly width: number;
  readonly height: number;
};

/** Room for the picture that is being sampled, or why there is none; the picture is laid over it. */
export const PreviewPanel = memo(function PreviewPanel(props: PreviewPanelProps): ReactElement {
  const { webUi, running, preview, width, height } = props;
  const theme = useTheme();
  const words = previewWords(webUi, running, preview);
  const lines = useMemo(
    () =>
      wrapText(words, width - 4, height - 2, theme.glyphs.ellipsis).map((text) =>
        paintLine([{ text, role: 'quiet' }], width - 4, theme),
      ),
    [words, width, height, theme],
  );
  return <Panel title={title} width={width} height={height} lines={lines} />;
});

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
