import { collectAgain } from './collect.ts';
import { probe } from './link.ts';
import type { Turn } from './turn.ts';
import { lookForHang } from './watch-for-hang.ts';

/** A wait is over: for a WebUI, for space on the disk, for the next interrupt or look, or for the moment of the second request. */
export function endWait(turn: Turn, number: number): void {
  for (const lane of turn.state.lanes) {
    if (lane.link.kind === 'waiting' && lane.link.number === number) {
      probe(turn, lane.id);
      return;
    }
    const held = lane.collecting.find((entry) => entry.waiting !== null && entry.number === number);
    if (held) {
      collectAgain(turn, lane.id, held);
      return;
    }
    if (lane.interruptAlarm === number) {
      turn.changeLane(lane.id, { interruptAlarm: null });
      return;
    }
    if (lane.watchAlarm === number) {
      lookForHang(turn, lane.id);
      return;
    }
    if (lane.alarm?.number === number) {
      turn.changeLane(lane.id, { alarm: null });
      return;
    }
  }
}
