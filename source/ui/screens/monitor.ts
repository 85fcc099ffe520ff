import type { RunnerLink } from '../../presentation/runner-link.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import { type Area, insideOf } from '../areas.ts';
import type { Band } from '../frame.ts';
import { keepLast } from '../keep-last.ts';
import { createFilesPainter, listTime, shownFilter } from '../monitor/files-panel.ts';
import { layoutMonitor } from '../monitor/layout.ts';
import { paintMessagesPanel } from '../monitor/messages-panel.ts';
import type { MonitorState } from '../monitor/monitor-state.ts';
import { paintNowPanel } from '../monitor/now-panel.ts';
import { settleSelection } from '../monitor/position.ts';
import { paintPreviewPanel } from '../monitor/preview-panel.ts';
import { paintSummaryPanel } from '../monitor/summary-panel.ts';
import { paintThroughputPanel } from '../monitor/throughput-panel.ts';
import { visibleRowCount } from '../monitor/visible-rows.ts';
import type { PreviewData } from '../preview/preview-data.ts';
import { widthOf } from '../text/width.ts';
import { dimmed, type Theme } from '../theme.ts';

export type MonitorFacts = {
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

/**
 * Paints the running generation, the throughput and the files as they land; dimmed, and its time standing still, where it may be true no
 * more.
 */
export function createMonitorPainter(theme: Theme): (facts: MonitorFacts) => Band[] {
  const oldTheme = dimmed(theme);
  const layoutOf = keepLast((facts: Area & { readonly isPreviewShown: boolean }) =>
    layoutMonitor(facts.width, facts.height, facts.isPreviewShown),
  );
  const settle = keepLast(
    ({
      state,
      files,
      visibleCount,
    }: {
      state: MonitorState;
      files: Snapshot['files'];
      visibleCount: number;
    }) => settleSelection(state, { files, visibleCount }),
  );
  const files = keepLast(createFilesPainter());
  const summary = keepLast(paintSummaryPanel);
  const now = keepLast(paintNowPanel);
  const throughput = keepLast(paintThroughputPanel);
  const preview = keepLast(paintPreviewPanel);
  const messages = keepLast(paintMessagesPanel);

  return (facts) => {
    const { snapshot, link, state, width, height } = facts;
    const isOld = link.kind === 'lost' || link.kind === 'starting';
    const shown = { theme: isOld ? oldTheme : theme };
    const time = link.kind === 'live' ? facts.now : snapshot.at;
    // Elapsed time is shown while a generation is prepared; otherwise the tick would draw the same again.
    const nowShown = snapshot.running?.isPreparing ? time : snapshot.at;
    const layout = layoutOf({ width, height, isPreviewShown: state.isPreviewShown });
    const list = {
      name: 'files',
      text: files({
        files: snapshot.files,
        space: snapshot.space,
        loop: snapshot.status.kind,
        state: settle({
          state,
          files: snapshot.files,
          visibleCount: visibleRowCount(layout.files.height, state),
        }),
        ...sizeOf(layout.files),
        runStartedAt: snapshot.runStartedAt,
        now: listTime(snapshot.files, time),
        ...shown,
      }),
    };
    if (layout.kind === 'compact') {
      const size = sizeOf(layout.summary);
      return [[{ name: 'summary', text: summary({ snapshot, now: nowShown, ...size, ...shown }) }], [list]];
    }
    const upper = [
      { name: 'now', text: now({ snapshot, now: nowShown, ...sizeOf(layout.now), ...shown }) },
      {
        name: 'throughput',
        text: throughput({
          throughput: snapshot.throughput,
          memory: snapshot.memory,
          slowdown: snapshot.slowdown,
          growth: snapshot.memoryGrowth,
          ...sizeOf(layout.throughput),
          ...shown,
        }),
      },
    ];
    const lower = [list];
    if (layout.preview !== null) {
      const { webUi, running } = snapshot;
      const size = sizeOf(layout.preview);
      const text = preview({ webUi, running, preview: facts.preview, ...size, ...shown });
      lower.unshift({ name: 'preview', text });
    }
    if (layout.messages !== null) {
      const text = messages({ messages: snapshot.messages, ...sizeOf(layout.messages), ...shown });
      lower.push({ name: 'messages', text });
    }
    return [upper, lower];
  };
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

function sizeOf({ width, height }: Area): Area {
  return { width, height };
}
