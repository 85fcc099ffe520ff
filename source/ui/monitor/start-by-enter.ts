import type { RunnerLink } from '../../presentation/runner-link.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import { nextStart } from '../keys/runner-availability.ts';
import type { MonitorState } from './monitor-state.ts';

/** What Enter starts again on the monitor; null where it shows a file, as it does for one that is selected. */
export function startByEnter(
  { selected, isFilterOpen }: MonitorState,
  snapshot: Snapshot,
  link: RunnerLink,
): ReturnType<typeof nextStart> {
  return selected === null && !isFilterOpen ? nextStart(snapshot, link) : null;
}
