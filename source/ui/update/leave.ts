import { become, type ScreenContext, type ScreenState, type Update } from '../screen-state.ts';
import { isEdited } from '../setup/setup-state.ts';

/** Leaves where nothing would be lost, asks where something would. */
export function askToLeave(state: ScreenState, context: ScreenContext): Update {
  if (context.isLoopInThisProcess && isLoopAlive(context)) {
    return become({ ...state, overlay: { kind: 'leave' } });
  }
  if (state.overlay?.kind === 'discard') return become(state, { type: 'leave', isAtOnce: false });
  if (state.screen.kind === 'setup' && isEdited(state.screen.setup)) {
    return become({ ...state, overlay: { kind: 'discard', to: 'shell' } });
  }
  return become(state, { type: 'leave', isAtOnce: false });
}

/** A paused loop with nothing in flight can be left without a word: nothing is thrown away. */
function isLoopAlive({ snapshot: { status, running, queued } }: ScreenContext): boolean {
  if (running !== null || queued !== null) return true;
  switch (status.kind) {
    case 'generating':
    case 'pausing':
    case 'stopping':
      return true;
    case 'retrying':
    case 'connecting':
    case 'idle':
    case 'paused':
    case 'stopped':
    case 'needs-you':
      return false;
  }
}

/** Has the loop end, and stays until it has. */
export function endAndLeave(state: ScreenState, isInterrupting: boolean): Update {
  return become(
    { ...state, screen: { kind: 'monitor' }, overlay: { kind: 'leaving', isInterrupting } },
    { type: 'send', command: { type: 'stop', now: isInterrupting } },
  );
}

/** For the second Ctrl-C: whoever presses it twice does not want to wait. */
export function leaveAtOnce(state: ScreenState): Update {
  return become(
    state,
    { type: 'send', command: { type: 'stop', now: true } },
    { type: 'leave', isAtOnce: true },
  );
}
