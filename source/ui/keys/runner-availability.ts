import type { RunnerLink } from '../../presentation/runner-link.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';

type Reason = string | null;

/** Why the loop cannot be told anything now; null when it can. */
export function whyNotTold(link: RunnerLink): Reason {
  switch (link.kind) {
    case 'live':
      return null;
    case 'starting':
      return 'The runner is being started: in a moment it can be told.';
    case 'ended':
      return 'The loop has ended: it is to be started again first.';
    case 'lost':
      return 'The runner died: r starts it again, then this can be done.';
    case 'refused':
      return link.reason;
  }
}

/** For a key that acts on a running loop: first of all its runner must answer. */
export function whileLive(why: (snapshot: Snapshot) => Reason) {
  return (snapshot: Snapshot, link: RunnerLink): Reason => whyNotTold(link) ?? why(snapshot);
}

/** For a key that starts something: a loop that ended can be started again. */
export function unlessGone(why: (snapshot: Snapshot) => Reason) {
  return (snapshot: Snapshot, link: RunnerLink): Reason =>
    (link.kind === 'ended' ? null : whyNotTold(link)) ?? why(snapshot);
}

/** What starts it all again where it rests for good: the same plan, or a runner that goes on with what the last one left. */
export function nextStart(
  { status, plan }: Snapshot,
  link: RunnerLink,
): 'start-again' | 'restart-runner' | null {
  if (link.kind === 'lost' || (link.kind === 'ended' && plan === null)) return 'restart-runner';
  const isTold = link.kind === 'live' || link.kind === 'ended';
  return isTold && status.kind === 'stopped' && plan !== null ? 'start-again' : null;
}
