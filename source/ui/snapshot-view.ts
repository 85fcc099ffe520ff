import { endedSnapshot } from '../presentation/ended-snapshot.ts';
import type { RunnerLink } from '../presentation/runner-link.ts';
import type { Snapshot } from '../presentation/snapshot.ts';

/**
 * Makes the view on a connection's snapshots that the screen is drawn from: while a runner is started again the last one of its
 * predecessor stays, and what a loop left that ended in good order is under way no more. The same object until something changes.
 */
export function createSnapshotView(): (link: RunnerLink, snapshot: Snapshot) => Snapshot {
  let last: { readonly link: RunnerLink; readonly snapshot: Snapshot; readonly view: Snapshot } | null = null;
  return (link, snapshot) => {
    if (link.kind === 'starting' && last !== null && last.link.kind !== 'starting') return last.view;
    if (last?.link === link && last.snapshot === snapshot) return last.view;
    last = { link, snapshot, view: endedSnapshot(snapshot, link) };
    return last.view;
  };
}
