import type { FilesRequest } from '../../presentation/snapshot.ts';
import type { MonitorState } from './monitor-state.ts';

/**
 * The window on the list that the monitor needs: a page before the first visible row and three from it, in steps of a page, so that it
 * changes seldom and short moves find their rows already there.
 */
export function requestFor(state: MonitorState, visibleCount: number): FilesRequest {
  const page = Math.max(1, visibleCount);
  const topIndex = state.top?.index ?? 0;
  const firstIndex = Math.max(0, Math.floor(topIndex / page) - 1) * page;
  return { firstIndex, count: page * 4, filter: state.filter };
}
