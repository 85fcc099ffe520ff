import {
  become,
  type PlanCommand,
  type ScreenContext,
  type ScreenState,
  say,
  type Update,
} from '../screen-state.ts';

/** Gives the loop a plan; where there is no runner any more one is started, and gets it as soon as it answers. */
export function handOver(state: ScreenState, command: PlanCommand, { link }: ScreenContext): Update {
  switch (link.kind) {
    case 'live':
      return become(state, { type: 'send', command });
    case 'starting':
      return become({ ...state, awaitingRunner: command });
    case 'ended':
    case 'lost':
      return become({ ...state, awaitingRunner: command }, { type: 'restart' });
    case 'refused':
      return say(state, link.reason);
  }
}
