import type { RunnerLink } from './runner-link.ts';
import type { LoopStatus, Snapshot } from './snapshot.ts';

/** The last snapshot of a loop that ended in good order may have been made before its end: nothing in it is under way any more. */
export function endedSnapshot(snapshot: Snapshot, link: RunnerLink): Snapshot {
  if (link.kind !== 'ended') return snapshot;
  return { ...snapshot, status: endedStatus(snapshot.status), running: null, queued: null };
}

/** What a loop is once it has ended, given what it was last. */
export function endedStatus(status: LoopStatus): LoopStatus {
  return status.kind === 'stopped' ? status : { kind: 'stopped', reason: 'asked' };
}
