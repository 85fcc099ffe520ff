import { detailsHeight } from './file-details.ts';
import type { MonitorState } from './monitor-state.ts';

/** How many files a panel of `height` rows shows, borders, filter line and details taken off. */
export function visibleRowCount(height: number, state: MonitorState): number {
  const filterHeight = state.isFilterOpen || state.filter !== '' ? 1 : 0;
  const inner = height - 2 - filterHeight;
  const hasRoomForDetails = height >= detailsHeight + 4;
  return Math.max(0, inner - (state.areDetailsOpen && hasRoomForDetails ? detailsHeight : 0));
}
