import { bodyArea, insideOf } from '../areas.ts';
import type { Binding } from '../keys/binding.ts';
import { findBinding } from '../keys/binding.ts';
import type { KeyPress } from '../keys/key-press.ts';
import {
  discardBindings,
  helpBindings,
  interruptBindings,
  leaveBindings,
  leavingBindings,
  skipBindings,
  type YesNo,
} from '../keys/question-bindings.ts';
import { become, type Overlay, type ScreenContext, type ScreenState, type Update } from '../screen-state.ts';
import { endAndLeave } from './leave.ts';
import { leaveSetup } from './on-setup.ts';

export function pressOnOverlay(
  state: ScreenState,
  overlay: Overlay,
  { chord }: KeyPress,
  context: ScreenContext,
): Update {
  const closed = { ...state, overlay: null };
  switch (overlay.kind) {
    case 'help':
      return scrollHelp(state, overlay.firstRow, chord, context);
    case 'skip':
      return answer(state, skipBindings, chord, () =>
        become(closed, { type: 'send', command: { type: 'skip' } }),
      );
    case 'interrupt':
      return answer(state, interruptBindings, chord, () =>
        become(closed, { type: 'send', command: { type: 'interrupt' } }),
      );
    case 'discard':
      return answer(state, discardBindings, chord, () =>
        overlay.to === 'shell'
          ? become(closed, { type: 'leave', isAtOnce: false })
          : leaveSetup(closed, context),
      );
    case 'leave':
      return answerLeave(state, chord);
    case 'leaving':
      return answerLeaving(state, overlay.isInterrupting, chord);
  }
}

function answer(
  state: ScreenState,
  bindings: readonly Binding<YesNo>[],
  chord: string,
  onYes: () => Update,
): Update {
  switch (findBinding(bindings, chord)?.action) {
    case 'yes':
      return onYes();
    case 'no':
      return become({ ...state, overlay: null });
    case undefined:
      return become(state);
  }
}

function answerLeave(state: ScreenState, chord: string): Update {
  switch (findBinding(leaveBindings, chord)?.action) {
    case 'finish':
      return endAndLeave(state, false);
    case 'interrupt':
      return endAndLeave(state, true);
    case 'stay':
      return become({ ...state, overlay: null });
    case undefined:
      return become(state);
  }
}

function answerLeaving(state: ScreenState, isInterrupting: boolean, chord: string): Update {
  switch (findBinding(leavingBindings, chord)?.action) {
    case 'interrupt':
      return isInterrupting ? become(state) : endAndLeave(state, true);
    case 'stay':
      return become({ ...state, overlay: null }, { type: 'send', command: { type: 'resume' } });
    case undefined:
      return become(state);
  }
}

/** The rows are clamped where they are drawn, since only there their number is known. */
function scrollHelp(state: ScreenState, firstRow: number, chord: string, context: ScreenContext): Update {
  const page = insideOf(bodyArea(context)).height - 1;
  const scrollTo = (row: number) =>
    become({ ...state, overlay: { kind: 'help', firstRow: Math.max(0, row) } });
  switch (findBinding(helpBindings, chord)?.action) {
    case 'close':
      return become({ ...state, overlay: null });
    case 'up':
      return scrollTo(firstRow - 1);
    case 'down':
      return scrollTo(firstRow + 1);
    case 'page-up':
      return scrollTo(firstRow - page);
    case 'page-down':
      return scrollTo(firstRow + page);
    case undefined:
      return become(state);
  }
}
