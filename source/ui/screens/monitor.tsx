import { Box } from 'ink';
import { type ReactElement, useMemo } from 'react';
import type { RunnerLink } from '../../presentation/runner-link.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import { type Area, insideOf } from '../areas.ts';
import { FilesPanel, listTime, shownFilter } from '../monitor/files-panel.tsx';
import { layoutMonitor } from '../monitor/layout.ts';
import { MessagesPanel } from '../monitor/messages-panel.tsx';
import type { MonitorState } from '../monitor/monitor-state.ts';
import { NowPanel } from '../monitor/now-panel.tsx';
import { settleSelection } from '../monitor/position.ts';
import { PreviewPanel } from '../monitor/preview-panel.tsx';
import { SummaryPanel } from '../monitor/summary-panel.tsx';
import { ThroughputPanel } from '../monitor/throughput-panel.tsx';
import { visibleRowCount } from '../monitor/visible-rows.ts';
import type { PreviewData } from '../preview/preview-data.ts';
import { widthOf } from '../text/width.ts';
import { dimmed, type Theme, ThemeContext, useTheme } from '../theme.ts';

type MonitorScreenProps = {
  readonly snapshot: Snapshot;
  readonly link: RunnerLink;
  readonly state: MonitorState;
  readonly preview: PreviewData;
  /** Columns and rows of the monitor's own area: the screen without header, message line and footer. */
  readonly width: number;
  readonly height: number;
  /** Ms since epoch. */
  readonly now: number;
};

/** The running generation, the throughput and the files as they land; dimmed, and its time standing still, where it may be true no more. */
export function MonitorScreen({ link, now, ...props }: MonitorScreenProps): ReactElement {
  const theme = useTheme();
  const isOld = link.kind === 'lost' || link.kind === 'starting';
  const shownTheme = useMemo(() => (isOld ? dimmed(theme) : theme), [isOld, theme]);
  return (
    <ThemeContext value={shownTheme}>
      <MonitorPanels {...props} now={link.kind === 'live' ? now : props.snapshot.at} />
    </ThemeContext>
  );
}

function MonitorPanels(props: Omit<MonitorScreenProps, 'link'>): ReactElement {
  const { snapshot, state, preview, width, height, now } = props;
  const { isPreviewShown } = state;
  const layout = useMemo(() => layoutMonitor(width, height, isPreviewShown), [width, height, isPreviewShown]);
  const { files, throughput, slowdown, memory, memoryGrowth, messages, running, status, runStartedAt } =
    snapshot;
  const settled = useMemo(
    () => settleSelection(state, { files, visibleCount: visibleRowCount(layout.files.height, state) }),
    [state, files, layout],
  );
  // Elapsed time is shown while a generation is prepared; otherwise the tick would draw the same again.
  const nowShown = running?.isPreparing ? now : snapshot.at;
  const list = (
    <FilesPanel
      files={files}
      space={snapshot.space}
      loop={status.kind}
      state={settled}
      width={layout.files.width}
      height={layout.files.height}
      runStartedAt={runStartedAt}
      now={listTime(files, now)}
    />
  );
  if (layout.kind === 'compact') {
    return (
      <Box flexDirection="column">
        <SummaryPanel snapshot={snapshot} {...sizeOf(layout.summary)} now={nowShown} />
        {list}
      </Box>
    );
  }
  return (
    <Box flexDirection="column">
      <Box>
        <NowPanel snapshot={snapshot} {...sizeOf(layout.now)} now={nowShown} />
        <ThroughputPanel
          throughput={throughput}
          memory={memory}
          slowdown={slowdown}
          growth={memoryGrowth}
          {...sizeOf(layout.throughput)}
        />
      </Box>
      <Box>
        {layout.preview && (
          <PreviewPanel
            webUi={snapshot.webUi}
            running={running}
            preview={preview}
            {...sizeOf(layout.preview)}
          />
        )}
        {list}
        {layout.messages && <MessagesPanel messages={messages} {...sizeOf(layout.messages)} />}
      </Box>
    </Box>
  );
}

/** Where the filter is being typed, from the monitor's own top left cell; null while it is not. */
export function filterCursor(
  { files }: Snapshot,
  state: MonitorState,
  { width, height }: Area,
  theme: Theme,
): { readonly x: number; readonly y: number } | null {
  if (!state.isFilterOpen) return null;
  const panel = layoutMonitor(width, height, state.isPreviewShown).files;
  const text = shownFilter(state, files, insideOf(panel).width, theme);
  return { x: panel.x + 2 + widthOf(text), y: panel.y + 1 };
}

function sizeOf({ width, height }: { readonly width: number; readonly height: number }) {
  return { width, height };
}
