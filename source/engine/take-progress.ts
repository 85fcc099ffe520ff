import type { Event } from './event.ts';
import type { InFlight, Reading } from './lane.ts';
import { learnRoundTrip } from './pace.ts';
import type { Turn } from './turn.ts';

/** A poll speaks of whatever the WebUI works on: of ours that is the oldest in flight. */
export function takeProgress(turn: Turn, event: Extract<Event, { type: 'progressed' }>): void {
  turn.change({ pace: learnRoundTrip(turn.state.pace, event.roundTripMs) });
  const [head, ...behind] = turn.lane(event.lane).inFlight;
  const { progress, roundTripMs } = event;
  if (!head || head.startedAt === null || !progress.isRunning) return;
  // An answer that was on its way when ours began is about the one before.
  if (event.at - roundTripMs < head.startedAt) return;
  // The WebUI read its state about half a round trip ago.
  const reading = { at: event.at - roundTripMs / 2, progress };
  turn.changeLane(event.lane, { inFlight: [read(head, reading), ...behind] });
  turn.announce({ type: 'progress', generation: head.work.planned, progress });
}

function read(head: InFlight, reading: Reading): InFlight {
  const { progress, at } = reading;
  const current = isAnotherJob(head, reading) ? forgetJobBefore(head) : head;
  const hasStep = progress.step > 0 || progress.passNumber > 0;
  return {
    ...current,
    seenJobs: withJob(head.seenJobs, progress.jobTimestamp),
    latest: reading,
    firstStep: current.firstStep ?? (hasStep ? reading : null),
    preparingAt: progress.passCount === null ? at : current.preparingAt,
  };
}

/** A night of other people's work is no list to keep. */
const maxSeenJobs = 32;

function withJob(seen: readonly string[], job: string): readonly string[] {
  const isNew = job !== '' && !seen.includes(job) && seen.length < maxSeenJobs;
  return isNew ? [...seen, job] : seen;
}

/** The state of the job before may still be visible for a moment, and ours may wait behind someone else's (webui-api.md 13.1, 5.2). */
function isAnotherJob({ latest }: InFlight, { progress }: Reading): boolean {
  return latest !== null && latest.progress.jobTimestamp !== progress.jobTimestamp;
}

/** What was read so far was not about ours: it began after the latest of these polls. */
function forgetJobBefore(head: InFlight): InFlight {
  const seenAt = head.latest?.at ?? head.startedAt ?? 0;
  return {
    ...head,
    latest: null,
    firstStep: null,
    startedAt: Math.max(head.startedAt ?? seenAt, seenAt),
    preparingAt: seenAt,
  };
}
