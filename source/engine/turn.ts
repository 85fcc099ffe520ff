import type { Effect } from './effect.ts';
import type { Event } from './event.ts';
import type { Lane, LaneId } from './lane.ts';
import type { Notice } from './notice.ts';
import type { LoopState } from './state.ts';

type UntimedNotice = Notice extends infer Each ? (Each extends Notice ? Omit<Each, 'at'> : never) : never;

/** One transition in the making: the state so far and the effects so far. It never outlives the call to `transition`. */
export class Turn {
  state: LoopState;
  readonly effects: Effect[] = [];
  readonly at: number;
  readonly chance: number;

  constructor(state: LoopState, event: Event) {
    this.state = state;
    this.at = event.at;
    this.chance = event.chance;
  }

  change(changes: Partial<LoopState>): void {
    this.state = { ...this.state, ...changes };
  }

  lane(id: LaneId): Lane {
    const lane = this.state.lanes.find((each) => each.id === id);
    if (!lane) throw new Error(`There is no lane ${id}.`);
    return lane;
  }

  changeLane(id: LaneId, changes: Partial<Lane>): void {
    this.change({ lanes: this.state.lanes.map((lane) => (lane.id === id ? { ...lane, ...changes } : lane)) });
  }

  perform(effect: Effect): void {
    this.effects.push(effect);
  }

  announce(notice: UntimedNotice): void {
    this.effects.push({ type: 'announce', notice: { ...notice, at: this.at } });
  }

  /** A number for an effect that will be answered. */
  takeNumber(): number {
    const number = this.state.nextNumber;
    this.change({ nextNumber: number + 1 });
    return number;
  }
}
