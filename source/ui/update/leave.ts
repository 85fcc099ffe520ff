import { become, type ScreenState, type Update } from '../screen-state.ts';
import { isEdited } from '../setup/setup-state.ts';

/** For `q`: at once, since the loop goes on; asks only where something that was written would be lost. */
export function leave(state: ScreenState): Update {
  return askForWritten(state) ?? leaveNow(state);
}

/** For Ctrl-C, which is pressed by habit too: asks once, and pressed again leaves. */
export function askToLeave(state: ScreenState): Update {
  if (state.overlay?.kind === 'leave' || state.overlay?.kind === 'discard') {
    return become(state, { type: 'leave', isByCtrlC: true });
  }
  return askForWritten(state) ?? become({ ...state, overlay: { kind: 'leave' } });
}

export function leaveNow(state: ScreenState): Update {
  return become(state, { type: 'leave', isByCtrlC: false });
}

function askForWritten(state: ScreenState): Update | null {
  const isLost = state.screen.kind === 'setup' && isEdited(state.screen.setup);
  return isLost ? become({ ...state, overlay: { kind: 'discard', to: 'shell' } }) : null;
}
