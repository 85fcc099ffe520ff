import type { Event } from './event.ts';
import type { InFlight } from './lane.ts';
import { learnRoundTrip } from './pace.ts';
import type { Turn } from './turn.ts';

/** A poll speaks of whatever the WebUI works on: of ours that is the oldest in flight. */
export function takeProgress(turn: Turn, event: Extract<Event, { type: 'progressed' }>): void {
  turn.change({ pace: learnRoundTrip(turn.state.pace, event.roundTripMs) });
  const [head, ...behind] = turn.lane(event.lane).inFlight;
  if (!head) return;
  const { progress } = event;
  if (!isAboutHead(head, event)) return;
  // The WebUI read its state about half a round trip ago.
  const reading = { at: event.at - event.roundTripMs / 2, progress };
  const hasStep = progress.step > 0 || progress.passNumber > 0;
  turn.changeLane(event.lane, {
    inFlight: [
      {
        ...head,
        latest: reading,
        firstStep: head.firstStep ?? (hasStep ? reading : null),
        preparingAt: progress.passCount === null ? reading.at : head.preparingAt,
      },
      ...behind,
    ],
  });
  turn.announce({ type: 'progress', generation: head.work.planned, progress });
}

/**
 * For a moment after a POST the state of the job before is still visible, and afterwards someone else's may be
 * (webui-api.md 13.1, 5.2): a poll from before our start, or with steps falling back under the same timestamp, is not about ours.
 */
function isAboutHead(head: InFlight, event: Extract<Event, { type: 'progressed' }>): boolean {
  const { progress } = event;
  if (!progress.isRunning || head.startedAt === null) return false;
  if (event.at - event.roundTripMs < head.startedAt) return false;
  const before = head.latest?.progress;
  return (
    before === undefined || before.jobTimestamp === progress.jobTimestamp || progress.jobTimestamp === ''
  );
}
