import type { Failure } from '../generation/failure.ts';
import { postpone } from './fail.ts';
import type { InFlight, LaneId } from './lane.ts';
import { lastRung } from './last-rung.ts';
import { waitBeforeProbe } from './link.ts';
import { firstLook, lookAgain, lookIntervalMs, patienceOf } from './stillness.ts';
import type { Turn } from './turn.ts';

/** What was interrupted needs a moment to come back (webui-api.md 10.4), ms. */
const interruptPatienceMs = 30_000;

const reconnectDelayMs = 1000;

/** Looks from time to time, while a request is out, whether the WebUI still makes steps. */
export function watchForHang(turn: Turn, id: LaneId): void {
  const { inFlight, watchAlarm } = turn.lane(id);
  if (inFlight.length === 0 || watchAlarm !== null) return;
  const number = turn.takeNumber();
  turn.changeLane(id, { watchAlarm: number });
  turn.perform({ type: 'wait', number, ms: lookIntervalMs(turn.state.hangPatience) });
}

/** One look: where the running generation has stood still for too long, the next thing is tried to get it going. */
export function lookForHang(turn: Turn, id: LaneId): void {
  turn.changeLane(id, { watchAlarm: null });
  const { inFlight, webUi } = turn.lane(id);
  const [head, ...behind] = inFlight;
  if (!head || webUi === null) return;
  const { at } = turn;
  const { pace, hangPatience } = turn.state;
  const stillness =
    head.stillness === null ? firstLook(head, at) : lookAgain(head.stillness, head, at, hangPatience);
  const looked = { ...head, stillness };
  turn.changeLane(id, { inFlight: [looked, ...behind] });
  const { stillMs, silentMs } = stillness;
  const patience = patienceOf(looked, pace, webUi.hasProgress, hangPatience);
  if (head.hangInterruptedAt !== null) {
    if (at - head.hangInterruptedAt >= hangPatience * interruptPatienceMs) reconnect(turn, id, looked);
  } else if (stillMs >= patience.stillMs || silentMs >= patience.silentMs) {
    if (webUi.hasInterrupt) interrupt(turn, id, looked);
    else reconnect(turn, id, looked);
  }
}

function interrupt(turn: Turn, id: LaneId, head: InFlight): void {
  const [, ...behind] = turn.lane(id).inFlight;
  turn.changeLane(id, { inFlight: [{ ...head, hangInterruptedAt: turn.at }, ...behind] });
  turn.perform({ type: 'interrupt', lane: id });
  turn.announce({
    type: 'failure',
    failure: hungFailure(head),
    generation: head.work.planned,
    willRetry: true,
    retryDelayMs: null,
    measure: { kind: 'interrupt' },
  });
}

/** Lets go of the connection and asks again what became of the generation; where it hung before, that was no help. */
function reconnect(turn: Turn, id: LaneId, head: InFlight): void {
  const failure = hungFailure(head);
  const { inFlight } = turn.lane(id);
  turn.changeLane(id, { inFlight: [], isProven: false, endedAt: null });
  // What waits behind it at the WebUI may still run some day, too.
  for (const request of inFlight) {
    const work = { ...request.work, hangCount: request.work.hangCount + 1 };
    turn.perform({ type: 'drop', number: request.number });
    postpone(turn, id, { ...request, work }, true);
  }
  if (head.work.hangCount > 0) return lastRung(turn, id, failure, head.work);
  if (turn.lane(id).link.kind === 'connected') waitBeforeProbe(turn, id, failure, reconnectDelayMs);
  turn.announce({
    type: 'failure',
    failure,
    generation: head.work.planned,
    willRetry: true,
    retryDelayMs: reconnectDelayMs,
    measure: { kind: 'reconnect' },
  });
}

/** The failure in the words of the looks at it. */
export function hungFailure({ stillness }: Pick<InFlight, 'stillness'>): Failure {
  const { stillMs = 0, silentMs = 0 } = stillness ?? {};
  const seconds = Math.round(Math.max(stillMs, silentMs) / 1000);
  const what = silentMs > stillMs ? 'no word of its work' : 'no step';
  return { kind: 'hung', detail: `${what} for ${seconds} s`, mayHaveRun: true };
}
